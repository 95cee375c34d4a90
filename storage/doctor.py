"""What `cli.py doctor` looks at: can everything be read, and do its parts agree?"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from labeling.errors import ProjectError
from storage import annotations, cache_checks, journal, migrations, project, recovery
from storage.annotations import sequence_of
from storage.checks import Check, fault, fine
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
        return (fault("There is no project.duckdb.", restore_instructions(folder)),)
    try:
        database = Database(folder / DATABASE)
    except ProjectError as error:
        return (fault(error.what, error.remedy), *_leftovers(folder))
    with closing(database):
        try:
            waiting = migrations.pending(database)
        except ProjectError as error:
            return (fault(error.what, error.remedy), *_leftovers(folder))
        if waiting:
            text = f"The project is of an older version; opening it applies {', '.join(waiting)}."
            return (fine("The database opens."), fine(text))
        tables = tuple(_tables(database, folder))
        readable = all(check.fine for check in tables)
        return (
            fine("The database opens."),
            *tables,
            *_journal(database, folder),
            *(cache_checks.check_caches(database, folder) if readable else ()),
            *_leftovers(folder),
        )


def replay(folder: Path) -> None:
    """Give database and journal what they lack; a journal with faults is set aside, not deleted.

    Raises:
        ProjectError: the database or the journal cannot be read and written.
    """
    path = folder / journal.NAME
    with _mending(folder) as database:
        reading = journal.read(path)
        recovery.open_journal(database, path).close()
        found = recovery.compare(database, reading.events)
        if reading.damage or found.different:
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
            whole = (*annotations.annotations(database), *found.blocked)
            with journal.usable(path):
                path.rename(path.with_name(f"{path.name}.damaged-{stamp}"))
                journal.write_whole(path, sorted(whole, key=sequence_of))


def clear_caches(folder: Path) -> None:
    """Delete votes and copies of rows, which the next run makes again.

    Raises:
        ProjectError: the database cannot be opened or written.
    """
    with _mending(folder) as database:
        cache_checks.clear_caches(database, folder)


@contextmanager
def _mending(folder: Path) -> Iterator[Database]:
    """Open the database that is there, to change it."""
    path = folder / DATABASE
    if not path.is_file():
        # DuckDB would make one.
        raise ProjectError(
            "There is no project.duckdb.",
            where=str(folder),
            remedy=f"Give a project's folder. If this is one: {restore_instructions(folder)}",
        )
    with closing(Database(path)) as database:
        migrations.migrate(database)
        database.mark_writes()
        yield database


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
        yield fault(f"The database cannot be read: {reason}", restore_instructions(folder))
    else:
        yield fine(f"All {len(names)} tables can be read.")


def _journal(database: Database, folder: Path) -> Iterator[Check]:
    try:
        reading = journal.read(folder / journal.NAME)
    except ProjectError as error:
        yield fault(error.what, error.remedy)
        return
    try:
        found = recovery.compare(database, reading.events)
    except (duckdb.Error, ProjectError) as error:
        yield fault(f"Journal and database cannot be compared: {error}", "See above.")
        return
    yield from _journal_lines(reading)
    yield from _disagreements(found)
    if found.agrees:
        yield fine(f"Journal and database agree on {len(reading.events):,} annotations.")


def _journal_lines(reading: JournalReading) -> Iterator[Check]:
    for damage in reading.damage[:10]:
        yield fault(f"Line {damage.line} of the journal {damage.what}.", _REPLAY)
    if len(reading.damage) > 10:
        yield fault(f"{len(reading.damage) - 10} more lines are damaged.", _REPLAY)
    if reading.torn:
        yield fault(
            "The journal ends in a write that was cut off; it was never acknowledged.",
            "Opening the project removes it.",
        )


def _disagreements(found: Comparison) -> Iterator[Check]:
    if found.lost:
        first, last = sequence_of(found.lost[0]), sequence_of(found.lost[-1])
        yield fault(
            f"The database has lost {len(found.lost):,} annotations (numbers {first} to {last}); "
            "the journal has them.",
            f"Opening the project replays them. Or: {_REPLAY}",
        )
    if found.blocked:
        yield fault(
            f"{len(found.blocked):,} annotations are in the journal only and cannot be replayed: "
            "their rows are not in the database, or another annotation has their number.",
            "Import the missing rows or restore a newer backup, then open the project.",
        )
    if found.unjournaled:
        yield fault(
            f"{len(found.unjournaled):,} annotations are in the database only.",
            f"Opening the project adds them to the journal. Or: {_REPLAY}",
        )
    if found.different:
        yield fault(
            f"{len(found.different):,} annotations differ between journal and database.",
            f"To keep those of the database: {_REPLAY}",
        )


def _leftovers(folder: Path) -> Iterator[Check]:
    left = sorted(path for pattern in _LEFTOVERS for path in folder.glob(pattern))
    for path in left:
        yield fault(f"{path.relative_to(folder)} was left by a process that was killed.",
                     "Delete it.")  # fmt: skip
    if not left:
        yield fine("No unfinished files are left.")
