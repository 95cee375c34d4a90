"""Saving annotations: those that wait together share one transaction and one journal write.

Syncing to disk costs the same for one event as for fifty, so callers that come while the writer
is busy form a group. An append is acknowledged when its group is in the database and the journal.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from labeling.errors import ProjectError
from labeling.store import Annotation
from storage import annotations, event_checks, journal
from storage.annotations import sequence_of
from storage.database import Database
from storage.recovery import open_journal


@dataclass(eq=False)
class _Group:
    """Events that are saved together; `saved` gives the highest sequence number then."""

    events: list[Annotation] = field(default_factory=list)
    saved: "Future[int]" = field(default_factory=Future)


class AnnotationLog:
    """Appends annotation events to a database and its journal. Used from any thread."""

    def __init__(self, database: Database, folder: Path, row_count: Callable[[], int]) -> None:
        """Bring the journal in `folder` and the database to the same state, then serve."""
        self._database = database
        self._row_count = row_count
        self._path = folder / journal.NAME
        self._journal = open_journal(database, self._path)
        self._last = annotations.last_sequence(database)
        self._unjournaled: tuple[Annotation, ...] = ()
        self._group: _Group | None = None
        self._lock = threading.Lock()

    def append(self, events: Sequence[Annotation]) -> int:
        """Save events that are not saved yet; return the highest sequence number there is.

        Raises:
            ProjectError: an event is not one that can be saved, or
                the disk is full.
        """
        event_checks.check(events, self._row_count())
        with self._lock:
            if self._group is None:
                group = _Group()
                group.saved = self._database.submit(lambda: self._save(group))
                self._group = group
            else:
                group = self._group
            group.events.extend(events)
        return group.saved.result()

    def close(self) -> None:
        """Let go of the journal; the database is closed before."""
        self._journal.close()

    def _save(self, group: _Group) -> int:
        with self._lock:
            # Whoever comes from now on is in the next group.
            self._group = None
        if group.events:
            added = self._database.transaction(
                lambda connection: annotations.insert(connection, group.events)
            )
            self._unjournaled += added
        self._write_journal()
        return self._last

    def _write_journal(self) -> None:
        """Journal what is committed; after a failure the next append does it, or the next open."""
        if not self._unjournaled:
            return
        try:
            self._journal.append(self._unjournaled)
        except OSError as error:
            raise ProjectError(
                f"The annotation journal cannot be written: {error.strerror}.",
                where=str(self._path),
                remedy="Make sure the disk has free space and can be written, then save again.",
            ) from error
        self._last = sequence_of(self._unjournaled[-1])
        self._unjournaled = ()
