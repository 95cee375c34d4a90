"""What `cli.py doctor` looks at: can everything be read, and do database and journal agree?"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from labeling.errors import ProjectError
from storage import annotations, journal, migrations, project, recovery
from storage.annotations import sequence_of
from storage.database import DATABASE, Database
from storage.journal import JournalReading
from storage.recovery import Comparison
from storage.restoring import restore_instructions
from storage.sql import compose, quoted

_LEFTOVERS = (
    ".creating-*",
    ".*.unfinished",
    "cache/importing-*",
    "cache/.*",
    "backups/.*.unfinished",
)
_REPLAY = "Run: cli.py doctor --replay"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, in a sentence; where it is not fine, with what to do."""

    fine: bool
    text: str


def examine(folder: Path) -> tuple[Check, ...]:
    """Look at everything in a project's folder and change nothing.

    Raises:
        ProjectError: there is no such folder.
    """
    if not folder.is_dir():
        raise ProjectError(
            "There is no such folder.", where=str(folder), remedy="Give a project's folder."
        )
    if not (folder / DATABASE).exists():
        return (_fault("There is no project.duckdb.", restore_instructions(folder)),)
    try:
        database = Database(folder / DATABASE)
    except ProjectError as error:
        return (_fault(error.what, error.remedy), *_leftovers(folder))
    with closing(database):
        try:
            waiting = migrations.pending(database)
        except ProjectError as error:
            return (_fault(error.what, error.remedy), *_leftovers(folder))
        if waiting:
            text = f"The project is of an older version; opening it applies {', '.join(waiting)}."
            return (_fine("The database opens."), _fine(text))
        return (
            _fine("The database opens."),
            *_tables(database, folder),
            *_journal(database, folder),
            *_leftovers(folder),
        )


def replay(folder: Path) -> None:
    """Give database and journal what they lack; a journal with faults is set aside, not deleted.

    Raises:
        ProjectError: the database or the journal cannot be read and written.
    """
    path = folder / journal.NAME
    with closing(Database(folder / DATABASE)) as database:
        migrations.migrate(database)
        database.mark_writes()
        reading = journal.read(path)
        recovery.open_journal(database, path).close()
        found = recovery.compare(database, reading.events)
        if reading.damage or found.different:
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            whole = (*annotations.annotations(database), *found.blocked)
            with journal.usable(path):
                path.rename(path.with_name(f"{path.name}.damaged-{stamp}"))
                journal.write_whole(path, sorted(whole, key=sequence_of))


def _tables(database: Database, folder: Path) -> Iterator[Check]:
    """Read every value of every table: DuckDB compares the checksum of each block it reads."""
    try:
        project.info(database)
        with database.reading() as cursor:
            names = cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            for (name,) in names:
                statement = "SELECT bit_xor(hash(stored)) FROM {table} AS stored"
                cursor.execute(compose(statement, table=quoted(name))).fetchall()
    except (duckdb.Error, ProjectError) as error:
        reason = str(error).splitlines()[0]
        yield _fault(f"The database cannot be read: {reason}", restore_instructions(folder))
    else:
        yield _fine(f"All {len(names)} tables can be read.")


def _journal(database: Database, folder: Path) -> Iterator[Check]:
    try:
        reading = journal.read(folder / journal.NAME)
    except ProjectError as error:
        yield _fault(error.what, error.remedy)
        return
    try:
        found = recovery.compare(database, reading.events)
    except (duckdb.Error, ProjectError) as error:
        yield _fault(f"Journal and database cannot be compared: {error}", "See above.")
        return
    yield from _journal_lines(reading)
    yield from _disagreements(found)
    if found.agrees:
        yield _fine(f"Journal and database agree on {len(reading.events):,} annotations.")


def _journal_lines(reading: JournalReading) -> Iterator[Check]:
    for damage in reading.damage[:10]:
        yield _fault(f"Line {damage.line} of the journal {damage.what}.", _REPLAY)
    if len(reading.damage) > 10:
        yield _fault(f"{len(reading.damage) - 10} more lines are damaged.", _REPLAY)
    if reading.torn:
        yield _fault(
            "The journal ends in a write that was cut off; it was never acknowledged.",
            "Opening the project removes it.",
        )


def _disagreements(found: Comparison) -> Iterator[Check]:
    if found.lost:
        first, last = sequence_of(found.lost[0]), sequence_of(found.lost[-1])
        yield _fault(
            f"The database has lost {len(found.lost):,} annotations (numbers {first} to {last}); "
            "the journal has them.",
            f"Opening the project replays them. Or: {_REPLAY}",
        )
    if found.blocked:
        yield _fault(
            f"{len(found.blocked):,} annotations are in the journal only and cannot be replayed: "
            "their rows are not in the database, or another annotation has their number.",
            "Import the missing rows or restore a newer backup, then open the project.",
        )
    if found.unjournaled:
        yield _fault(
            f"{len(found.unjournaled):,} annotations are in the database only.",
            f"Opening the project adds them to the journal. Or: {_REPLAY}",
        )
    if found.different:
        yield _fault(
            f"{len(found.different):,} annotations differ between journal and database.",
            f"To keep those of the database: {_REPLAY}",
        )


def _leftovers(folder: Path) -> Iterator[Check]:
    left = sorted(path for pattern in _LEFTOVERS for path in folder.glob(pattern))
    for path in left:
        yield _fault(f"{path.relative_to(folder)} was left by a process that was killed.",
                     "Delete it.")  # fmt: skip
    if not left:
        yield _fine("No unfinished files are left.")


def _fine(text: str) -> Check:
    return Check(True, text)


def _fault(text: str, remedy: str) -> Check:
    return Check(False, f"{text} {remedy}")
