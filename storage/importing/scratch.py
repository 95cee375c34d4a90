"""A database beside the project in which a file is staged: checked first, moved only when sound."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from labeling.store import ColumnType
from storage.database import Connection, count, first_row
from storage.sql import compose, listed, position_name

_MEMORY_LIMIT = "256MB"


@dataclass(frozen=True)
class FileColumn:
    """A column of a file.

    `name` is how the project calls it, `name_in_file` what the file says; `declared` is the type
    that the format itself gives it, None where types are read off the values.
    """

    name: str
    name_in_file: str
    declared: ColumnType | None = None


@dataclass(frozen=True)
class Staged:
    """What of a file lies in a scratch database.

    `place` turns a record's number, from 0, into what a person looks for: "line 7" or "row 7".
    """

    format: str
    columns: tuple[FileColumn, ...]
    rows: int
    place: Callable[[int], str]
    delimiter: str | None = None


class Scratch:
    """The table `staged(record, c0, c1, ...)`: records from 0 in the file's order, all as text."""

    def __init__(self, connection: Connection) -> None:
        """Use a connection to an empty database."""
        self.connection = connection

    def create(self, columns: int) -> None:
        """Make the empty table."""
        cells = listed(f"{position_name(position)} VARCHAR" for position in range(columns))
        self.connection.execute(compose("CREATE TABLE staged (record BIGINT{cells})", cells=cells))

    def first(
        self, statement: str, parameters: Sequence[object] = (), **fragments: str
    ) -> tuple[Any, ...] | None:
        """Return the first row that a statement gives, or None."""
        return first_row(self.connection, compose(statement, **fragments), parameters)

    def all(
        self, statement: str, parameters: Sequence[object] = (), **fragments: str
    ) -> list[tuple[Any, ...]]:
        """Return every row that a statement gives."""
        found = self.connection.execute(compose(statement, **fragments), list(parameters))
        return found.fetchall()

    def rows(self) -> int:
        """Return how many records are staged."""
        return count(self.connection, "SELECT count(*) FROM staged")


@contextmanager
def scratch_database(folder: Path | None, prefix: str) -> Iterator[Scratch]:
    """Give a scratch database in a folder of its own, which is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix=prefix, dir=folder) as workplace:
        connection = duckdb.connect(
            str(Path(workplace) / "staged.duckdb"),
            config={
                "memory_limit": _MEMORY_LIMIT,
                "temp_directory": workplace,
                # One thread keeps the records in the order of the file, and is no slower here.
                "threads": 1,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        try:
            yield Scratch(connection)
        finally:
            connection.close()
