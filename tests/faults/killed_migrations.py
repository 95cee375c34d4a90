"""A process that ends in the middle of a migration, at each step of each."""

import os
import shutil
from contextlib import closing
from itertools import count
from pathlib import Path

from storage.database import Connection, Database
from storage.migrations import MIGRATIONS, Migration, migrate, pending, prepare
from tests.faults.outcome import Outcome
from tests.faults.projects import forked

_KILLED = 9


def run(rounds: int, folder: Path) -> Outcome:
    """Kill each migration before, after and at each statement, `rounds` times; `lost` fails."""
    killed = failed = 0
    for number in range(rounds):
        before = folder / f"{number}.duckdb"
        with closing(Database(before)) as database:
            prepare(database)
        for name in MIGRATIONS:
            for statement in count():
                path = folder / f"{number}-{name}-{statement}.duckdb"
                shutil.copy(before, path)
                _, status = os.waitpid(forked(lambda: _migrate(path, name, statement)), 0)  # noqa: B023
                if os.waitstatus_to_exitcode(status) != _KILLED:
                    break
                killed += 1
                failed += not _completes(path)
            _apply(before, name)
    return Outcome("migration killed at each statement", killed, 0, failed, 0)


def _migrate(path: Path, name: str, statement: int) -> int:
    migrate(Database(path), _up_to(name) | {name: _dying(MIGRATIONS[name], statement)})
    return 0


def _apply(path: Path, name: str) -> None:
    """Apply one migration to a database that has all before it."""
    with closing(Database(path)) as database:
        migrate(database, _up_to(name))


def _up_to(name: str) -> dict[str, Migration]:
    """Return the migrations up to this one."""
    names = list(MIGRATIONS)
    return {each: MIGRATIONS[each] for each in names[: names.index(name) + 1]}


class _DyingConnection:
    """Ends the process at the n-th statement, or gives the statement to the real connection."""

    def __init__(self, connection: Connection, statements: int) -> None:
        self._connection = connection
        self._left = statements

    def execute(self, *arguments: object) -> object:
        if self._left == 0:
            os._exit(_KILLED)
        self._left -= 1
        return self._connection.execute(*arguments)  # type: ignore[arg-type]


def _dying(migration: Migration, statements: int) -> Migration:
    def run(connection: Connection) -> None:
        dying = _DyingConnection(connection, statements)
        migration(dying)  # type: ignore[arg-type]
        if dying._left == 0:  # all is done, and nothing is committed
            os._exit(_KILLED)

    return run


def _completes(path: Path) -> bool:
    """Open as the next start does: every step is recorded, and none is left."""
    with closing(Database(path)) as database:
        migrate(database)
        return pending(database) == ()
