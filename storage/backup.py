"""Backups: a consistent copy of a project in a folder of its own, which opens like any project."""

import shutil
from pathlib import Path
from uuid import uuid4

import duckdb

from labeling.errors import ProjectError
from storage import annotations, doctor, journal
from storage.database import DATABASE, Database
from storage.sql import compose, quoted


def back_up(database: Database, out: Path) -> None:
    """Copy a project to the folder `out`, which gets its name when the copy is proven whole.

    The copy is of one moment; nobody who writes meanwhile waits for it.

    Raises:
        ProjectError: there is something at `out`, the disk is full, or the copy is not whole.
    """
    if out.exists():
        raise ProjectError(
            "There is something at this place already.",
            where=str(out),
            remedy="Choose another place for the backup.",
        )
    unfinished = out.with_name(f".{out.name}.unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _copy_database(database, unfinished / DATABASE)
        _write_journal(unfinished)
        _prove(unfinished)
        unfinished.rename(out)
    except (OSError, duckdb.Error) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise ProjectError(
            f"The backup was not made: {reason}.",
            where=str(out),
            remedy="Choose a place you may write to, on a disk with free space.",
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _copy_database(database: Database, path: Path) -> None:
    copy = quoted(f"backup_{uuid4().hex}")
    with database.reading() as cursor:
        own = cursor.execute("SELECT current_database()").fetchall()[0][0]
        cursor.execute(compose("ATTACH $1 AS {copy}", copy=copy), [str(path)])
        try:
            cursor.execute(
                compose("COPY FROM DATABASE {own} TO {copy}", own=quoted(own), copy=copy)
            )
        finally:
            cursor.execute(compose("DETACH {copy}", copy=copy))


def _write_journal(folder: Path) -> None:
    """Write the journal from the copy, so that the two are of the same moment."""
    copied = Database(folder / DATABASE)
    try:
        journal.write_whole(folder / journal.NAME, annotations.annotations(copied))
    finally:
        copied.close()


def _prove(folder: Path) -> None:
    # What can be made again from the rest is copied as it is: no backup would be worse.
    checks = doctor.examine(folder)
    faults = [check.text for check in checks if not (check.fine or check.rebuildable)]
    if faults:
        raise ProjectError(
            f"The backup is not whole: {faults[0]}",
            where=str(folder),
            remedy="Look at the project with: cli.py doctor",
        )
