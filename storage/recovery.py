"""Journal against database: what one has and the other lacks, and how each gets it back.

The database commits first and the journal follows, so an event of the journal that the database
lacks was lost by the database. An event that only the database has was not journaled in time.
"""

import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from labeling.annotation_store import Annotation
from storage import annotations, journal
from storage.annotations import sequence_of
from storage.database import Connection, Database
from storage.journal import Journal, JournalReading
from storage.journal_lines import same
from storage.rows import row_count

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Comparison:
    """The events on which journal and database disagree, each in the order of their numbers.

    `lost` are in the journal only and can be replayed; `blocked` cannot, because their row is not
    there or another event has their number; `unjournaled` are in the database only; `different`
    are the journal's side of events that the two hold with different contents.
    """

    lost: tuple[Annotation, ...]
    blocked: tuple[Annotation, ...]
    unjournaled: tuple[Annotation, ...]
    different: tuple[Annotation, ...]

    @property
    def agrees(self) -> bool:
        """True where journal and database hold the same."""
        return not (self.lost or self.blocked or self.unjournaled or self.different)


def compare(database: Database, journaled: Sequence[Annotation]) -> Comparison:
    """Compare the events of a journal with those of its database."""
    saved = {event.event_id: event for event in annotations.annotations(database)}
    taken = {event.sequence for event in saved.values()}
    rows = range(row_count(database))
    in_journal = {event.event_id: event for event in sorted(journaled, key=sequence_of)}
    lost, blocked, different = [], [], []
    for identity, event in in_journal.items():
        if identity in saved:
            # To look at the values is quicker, but two NaN are the same only as they are written.
            if saved[identity] != event and not same(saved[identity], event):
                different.append(event)
        elif event.sequence in taken or event.row_id not in rows:
            blocked.append(event)
        else:
            lost.append(event)
            taken.add(event.sequence)
    unjournaled = (event for identity, event in saved.items() if identity not in in_journal)
    return Comparison(tuple(lost), tuple(blocked), tuple(unjournaled), tuple(different))


def replay(database: Database, lost: Sequence[Annotation], journaled: Sequence[Annotation]) -> None:
    """Save lost events under their old numbers; new ones are numbered after all of the journal."""

    def change(connection: Connection) -> None:
        if lost:
            annotations.restore(connection, lost)
        annotations.continue_after(connection, max(map(sequence_of, journaled)))

    if journaled:
        database.write(change)


def open_journal(database: Database, path: Path) -> Journal:
    """Open the journal of a database after each got back what it lacks; the log says what.

    Raises:
        ProjectError: the journal is no file that can be read and written.
    """
    reading = journal.read(path)
    found = compare(database, reading.events)
    _log(path, reading, found)
    if found.lost or found.blocked:
        replay(database, found.lost, reading.events)
    with journal.usable(path), ExitStack() as undo:
        opened = undo.enter_context(Journal(path, reading))
        opened.append(found.unjournaled)
        undo.pop_all()
    return opened


def _log(path: Path, reading: JournalReading, found: Comparison) -> None:
    if reading.torn:
        log.warning("%s: removed %d bytes of a write that was cut off.", path, reading.torn)
    if reading.damage:
        log.error("%s: %d lines are damaged; run: cli.py doctor", path, len(reading.damage))
    if found.lost:
        log.warning(
            "%s: the database had lost %d annotations (numbers %d to %d); they were replayed.",
            path, len(found.lost), sequence_of(found.lost[0]), sequence_of(found.lost[-1]),
        )  # fmt: skip
    if found.blocked or found.different:
        count = len(found.blocked) + len(found.different)
        log.error("%s: %d annotations contradict the database; run: cli.py doctor", path, count)
    if found.unjournaled:
        log.info("%s: added %d annotations of the database.", path, len(found.unjournaled))
