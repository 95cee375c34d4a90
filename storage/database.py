"""One DuckDB file: one connection, one writer thread, and a cursor of its own for every read.

A connection shared between threads gives wrong reads and errors; a cursor is a connection of its
own to the same database, and one writer means that transactions never conflict.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from labeling.errors import ProjectError

Connection = duckdb.DuckDBPyConnection
Result = TypeVar("Result")

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Nothing may be fetched from the network because a statement happens to name an extension.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_LOCK_HOLDER = re.compile(r"PID (\d+)")


def first_row(
    connection: Connection, statement: str, values: Sequence[object] = ()
) -> tuple[Any, ...] | None:
    """Return the first row of a statement that gives few, or None.

    All rows are fetched, because a result that is not read to its end blocks its connection.
    """
    rows = connection.execute(statement, list(values)).fetchall()
    return rows[0] if rows else None


def count(connection: Connection, statement: str, values: Sequence[object] = ()) -> int:
    """Return the one number that a statement gives."""
    return int(connection.execute(statement, list(values)).fetchall()[0][0])


@contextmanager
def registered(connection: Connection, name: str, rows: object) -> Iterator[None]:
    """Let statements read an Arrow table or stream under this name inside the block."""
    connection.register(name, rows)
    try:
        yield
    finally:
        connection.unregister(name)


class Database:
    """An open database file. `write` and `reading` may be used from any thread."""

    def __init__(self, path: Path) -> None:
        """Open or make the file at `path`.

        Raises:
            ProjectError: another process has it open, or it is damaged or no database.
        """
        self._path = path
        self._connection = _connect(path)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="project-writer")

    def write(self, change: Callable[[Connection], Result]) -> Result:
        """Run `change` in one transaction on the writer thread; return once it is on disk.

        Whatever `change` raises undoes the transaction and is raised here. `change` must not call
        `write` itself: it would wait for its own thread.
        """
        try:
            written = self._writer.submit(self._transaction, change)
        except RuntimeError:
            raise _closed(self._path) from None
        return written.result()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a cursor that sees the last committed state and belongs to this block alone."""
        try:
            cursor = self._connection.cursor()
        except duckdb.ConnectionException:
            raise _closed(self._path) from None
        try:
            yield cursor
        finally:
            cursor.close()

    def close(self) -> None:
        """Finish the writes that were submitted, then let go of the file."""
        self._writer.shutdown()
        self._connection.close()

    def _transaction(self, change: Callable[[Connection], Result]) -> Result:
        try:
            self._connection.begin()
            try:
                result = change(self._connection)
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()
        except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
            raise _not_saved(self._path, error) from error
        return result


def _connect(path: Path) -> Connection:
    try:
        return duckdb.connect(str(path), config=_CONFIG)
    except duckdb.Error as error:
        raise _cannot_open(path, str(error)) from error


def _cannot_open(path: Path, reason: str) -> ProjectError:
    holder = _LOCK_HOLDER.search(reason)
    if holder:
        return ProjectError(
            f"The project is open in another process (PID {holder[1]}).",
            where=str(path),
            remedy="Close Labelwright there, or work in the browser it serves.",
        )
    if "not a valid DuckDB database" in reason:
        what = "This file is not a project database."
    elif "Permission denied" in reason:
        return ProjectError(
            "You may not write to this project.",
            where=str(path),
            remedy="Change the permissions of the folder and its files.",
        )
    else:
        what = f"The project database is damaged: {reason.splitlines()[0]}."
    return ProjectError(
        what, where=str(path), remedy="Restore project.duckdb from your last backup."
    )


def _not_saved(path: Path, error: duckdb.Error) -> ProjectError:
    """Explain a write that did not reach the disk; after a fatal error reads fail, too."""
    reopen = ", then open the project again" if isinstance(error, duckdb.FatalException) else ""
    return ProjectError(
        f"The change was not saved: {str(error).splitlines()[0]}.",
        where=str(path),
        remedy=f"Make sure the disk has free space and can be written{reopen}.",
    )


def _closed(path: Path) -> ProjectError:
    return ProjectError("The project is closed.", where=str(path), remedy="Open it again.")
