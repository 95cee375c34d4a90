"""One DuckDB file: one connection, one writer thread, and a cursor of its own for every read.

A connection shared between threads gives wrong reads and errors; a cursor is a connection of its
own to the same database, and one writer means that transactions never conflict.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import duckdb

from labeling.errors import ProjectError
from storage.restoring import restore_instructions

log = logging.getLogger(__name__)

Connection = duckdb.DuckDBPyConnection
Result = TypeVar("Result")

DATABASE = "project.duckdb"

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Nothing may be fetched from the network because a statement happens to name an extension.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_MARK = "INSERT OR REPLACE INTO last_write VALUES (0, ?)"
_PATIENCE_SECONDS = 5.0
_LOCK_HOLDER = re.compile(r"PID (\d+)")


def first_row(
    connection: Connection, statement: str, values: Sequence[object] = ()
) -> tuple[Any, ...] | None:
    """Return the first row of a statement that gives few, or None.

    All rows are fetched, because a result that is not read to its end blocks its connection.
    """
    rows = connection.execute(statement, list(values)).fetchall()
    return rows[0] if rows else None


def count(
    connection: Connection,
    statement: str,
    values: Sequence[object] | Mapping[str, object] = (),
) -> int:
    """Return the one number that a statement gives."""
    given = dict(values) if isinstance(values, Mapping) else list(values)
    return int(connection.execute(statement, given).fetchall()[0][0])


@contextmanager
def registered(connection: Connection, name: str, rows: object) -> Iterator[None]:
    """Let statements read an Arrow table or stream under this name inside the block."""
    connection.register(name, rows)
    try:
        yield
    finally:
        connection.unregister(name)


class Database:
    """An open database file. `write` and `reading` may be used from any thread.

    A fatal error, such as a full disk during a checkpoint, makes DuckDB refuse everything, reads
    too, until the file is opened anew. So the broken connection is let go at the first such error,
    and whoever comes next opens the file again, as often as it takes until there is space.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the file at `path`.

        Raises:
            ProjectError: another process has it open, or it is damaged or no database.
        """
        self._path = path
        self._state = threading.Condition()
        self._connection: Connection | None = _connect(path)
        self._cursors = 0
        self._closed = False
        self._marking = False
        self._opened_again: Callable[[], None] = lambda: None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="project-writer")

    def write(self, change: Callable[[Connection], Result]) -> Result:
        """Run `change` in one transaction on the writer thread; return once it is on disk.

        Whatever `change` raises undoes the transaction and is raised here. `change` must not call
        `write` itself: it would wait for its own thread. It may be run twice, the first time in
        vain.
        """
        return self.submit(lambda: self.transaction(change)).result()

    def submit(self, job: Callable[[], Result]) -> Future[Result]:
        """Let the writer thread do a job after those that wait already."""
        try:
            return self._writer.submit(job)
        except RuntimeError:
            raise _closed(self._path) from None

    def transaction(self, change: Callable[[Connection], Result]) -> Result:
        """Run `change` in one transaction, as `write` does; for jobs of the writer thread."""
        mark = uuid4()
        results: list[Result] = []

        def marked(connection: Connection) -> None:
            results[:] = [change(connection)]
            if self._marking:
                connection.execute(_MARK, [mark])

        try:
            try:
                self._attempt(marked)
            except duckdb.FatalException as error:
                if not self._marking:
                    raise
                log.warning("%s: opened again after a fatal error: %s", self._path, error)
                # A commit that failed may have reached the disk all the same.
                if not self._landed(mark):
                    self._attempt(marked)
        except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
            raise _not_saved(self._path, error) from error
        return results[0]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a cursor that sees the last committed state and belongs to this block alone.

        Raises:
            ProjectError: a fault of the disk or the file; other errors of a query stay as they are.
        """
        try:
            with self._cursor() as cursor:
                yield cursor
        except duckdb.FatalException as error:
            raise _interrupted(self._path, error) from error
        except duckdb.Error as error:
            if not _is_damage(error):
                raise
            raise _cannot_open(self._path, str(error)) from error

    def mark_writes(self) -> None:
        """Let each transaction leave its mark, so that one that failed can be submitted again."""
        self._marking = True

    def when_opened_again(self, tell: Callable[[], None]) -> None:
        """Call `tell` each time that the file is opened anew, before anything is read of it.

        Another process may have had it open meanwhile. `tell` must not read or write.
        """
        self._opened_again = tell

    def close(self) -> None:
        """Finish the writes that were submitted, then let go of the file."""
        self._writer.shutdown()
        with self._state:
            self._closed = True
            if self._connection is not None:
                self._connection.close()

    def _attempt(self, change: Callable[[Connection], None]) -> None:
        with self._cursor() as connection:
            connection.begin()
            try:
                change(connection)
            except BaseException:
                # A connection that died has nothing left to undo.
                with suppress(duckdb.FatalException, duckdb.TransactionException):
                    connection.rollback()
                raise
            connection.commit()

    def _landed(self, mark: UUID) -> bool:
        with self._cursor() as connection:
            return first_row(connection, "SELECT mark FROM last_write") == (mark,)

    @contextmanager
    def _cursor(self) -> Iterator[Connection]:
        with self._state:
            connection = self._connected()
            cursor = connection.cursor()
            self._cursors += 1
        try:
            yield cursor
        except duckdb.FatalException:
            self._let_go(connection)
            raise
        finally:
            cursor.close()
            with self._state:
                self._cursors -= 1
                self._state.notify_all()

    def _connected(self) -> Connection:
        """Return the connection, opened again where it broke; the caller holds `_state`."""
        if self._closed:
            raise _closed(self._path)
        while self._connection is None:
            # Closing a file drops all locks of its process on it: old cursors go first.
            if self._cursors == 0:
                self._connection = _connect(self._path)
                self._opened_again()
            elif not self._state.wait(_PATIENCE_SECONDS):
                raise _interrupted(self._path, "it is still being read")
        return self._connection

    def _let_go(self, broken: Connection) -> None:
        with self._state:
            if self._connection is broken:
                self._connection = None
                broken.close()


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
    if "No space left" in reason:
        return ProjectError(
            "There is no space left on the disk of the project.",
            where=str(path),
            remedy="Free some space, then try again; what was saved is safe.",
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
    return ProjectError(what, where=str(path), remedy=restore_instructions(path.parent))


def _is_damage(error: duckdb.Error) -> bool:
    """Tell a fault of file or disk from one of the query; a bad checksum is a plain Error."""
    return isinstance(
        error, duckdb.IOException | duckdb.SerializationException | duckdb.InternalException
    ) or str(error).startswith("Corrupt database file")


def _not_saved(path: Path, error: duckdb.Error) -> ProjectError:
    return ProjectError(
        f"The change was not saved: {_first_line(error)}.",
        where=str(path),
        remedy="Make sure the disk has free space and can be written, then save it again.",
    )


def _interrupted(path: Path, reason: duckdb.Error | str) -> ProjectError:
    return ProjectError(
        f"The project could not be read just now: {_first_line(reason)}.",
        where=str(path),
        remedy="Make sure the disk has free space, then try again; what was saved is safe.",
    )


def _closed(path: Path) -> ProjectError:
    return ProjectError("The project is closed.", where=str(path), remedy="Open it again.")


def _first_line(reason: duckdb.Error | str) -> str:
    return str(reason).splitlines()[0].rstrip(".")
