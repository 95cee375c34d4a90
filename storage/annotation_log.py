"""Saving annotations: those that wait together share one transaction and one journal write.

Syncing to disk costs the same for one event as for fifty, so callers that come while the writer
is busy form a group. An append is acknowledged when its events are in the database and the journal.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from storage import annotations, event_checks, journal
from storage.annotations import sequence_of
from storage.database import Database
from storage.recovery import open_journal

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Append:
    """The events of one caller; `saved` gives the highest sequence number once they are saved."""

    events: tuple[Annotation, ...]
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
        self._group: list[_Append] | None = None
        self._lock = threading.Lock()

    def append(self, events: Sequence[Annotation]) -> int:
        """Save events that are not saved yet; return the highest sequence number there is.

        Raises:
            ProjectError: an event is not one that can be saved, or the disk is full.
        """
        event_checks.check(events, self._row_count())
        return self.submit(events).result()

    def submit(self, events: Sequence[Annotation]) -> "Future[int]":
        """Let events that were checked be saved with those that wait; return what tells when."""
        append = _Append(tuple(events))
        with self._lock:
            if self._group is None:
                group: list[_Append] = []
                self._database.submit(lambda: self._save(group))
                self._group = group
            self._group.append(append)
        return append.saved

    def close(self) -> None:
        """Let go of the journal; the database is closed before."""
        self._journal.close()

    def _save(self, group: list[_Append]) -> None:
        with self._lock:
            # Whoever comes from now on is in the next group.
            self._group = None
        self._settle(group)

    def _settle(self, appends: Sequence[_Append]) -> None:
        """Save what the callers gave and answer each of them, whatever happens."""
        try:
            last = self._saved([event for append in appends for event in append.events])
        except ProjectError as error:
            # It is the disk or the file, which is no better for one caller alone.
            for append in appends:
                append.saved.set_exception(error)
        except BaseException as error:  # noqa: BLE001 - it goes to those who wait
            if len(appends) == 1:
                appends[0].saved.set_exception(error)
                return
            log.warning("%s: a group is saved caller by caller, after: %s", self._path, error)
            for append in appends:
                self._settle([append])
        else:
            for append in appends:
                append.saved.set_result(last)

    def _saved(self, events: Sequence[Annotation]) -> int:
        """Save events in one transaction and in the journal; return the highest number."""
        if events:
            self._unjournaled += self._database.transaction(
                lambda connection: annotations.insert(connection, events)
            )
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
