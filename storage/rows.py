"""The user's rows: reading, searching, and streaming them out.

Rows are read in ranges of row ids, each a short query of its own: rows never change once they are
imported, so a long read needs no long transaction.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from labeling.errors import ProjectError
from labeling.store import Column, TextSearch
from storage.arrays import read_only
from storage.database import Connection, Database, count, registered
from storage.sql import compose, listed, position_name

_ARROW_BATCH_ROWS = 50_000
_ARROW_TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}


def row_count(database: Database) -> int:
    """Return how many rows the project has."""
    with database.reading() as cursor:
        return read_row_count(cursor)


def read_row_count(connection: Connection) -> int:
    """Return the same on a connection that is already in use."""
    return count(connection, "SELECT count(*) FROM rows")


def columns(database: Database) -> tuple[Column, ...]:
    """Return the user's columns in the order of the file."""
    with database.reading() as cursor:
        return read_columns(cursor)


def read_columns(connection: Connection) -> tuple[Column, ...]:
    """Return the same on a connection that is already in use."""
    stored = connection.execute("SELECT name, type FROM columns ORDER BY position").fetchall()
    return tuple(Column(name, column_type) for name, column_type in stored)


def imports(database: Database) -> pd.DataFrame:
    """Return the files that were imported: file_name, sha256, rows, at (UTC), oldest first."""
    with database.reading() as cursor:
        return cursor.execute(
            'SELECT file_name, sha256, rows, at_utc AS "at" FROM imports ORDER BY at_utc'
        ).df()


def read_rows(database: Database, row_ids: Sequence[int] | npt.NDArray[np.int64]) -> pa.Table:
    """Return rows in the order asked for: row_id, then the user's columns.

    Arrow keeps every value as it is; pandas makes floats of whole numbers beside an empty cell.

    Raises:
        ProjectError: a row does not exist.
    """
    ids = np.asarray(row_ids, dtype=np.int64)
    wanted = pa.table({"row_id": ids, "place": np.arange(len(ids))})
    with database.reading() as cursor:
        names = read_columns(cursor)
        statement = compose(
            "SELECT row_id{columns} FROM wanted JOIN rows USING (row_id) ORDER BY place",
            columns=_stored(names),
        )
        with registered(cursor, "wanted", wanted):
            found = _named(cursor.sql(statement).to_arrow_table(), names)
    if len(found) != len(wanted):
        missing = sorted(set(ids.tolist()) - set(found["row_id"].to_pylist()))
        raise ProjectError(f"There is no row {missing[0]}.")
    return found


def search(
    database: Database, wanted: TextSearch, leave_out: Collection[str] = ()
) -> npt.NDArray[np.int64]:
    """Return the ids of the rows in which a column holds the query, ascending, int64.

    Raises:
        ProjectError: the column does not exist, or the query is no valid regular expression.
    """
    with database.reading() as cursor:
        searched = _searched_columns(read_columns(cursor), wanted.column, leave_out)
        test = _condition(wanted)
        conditions = [compose(test, column=position_name(position)) for position in searched]
        statement = compose(
            "SELECT row_id FROM rows WHERE {conditions} ORDER BY row_id",
            conditions=" OR ".join(conditions) or "$query IS NULL",
        )
        try:
            found = cursor.execute(statement, {"query": wanted.query}).fetchnumpy()
        except duckdb.InvalidInputException as error:
            raise invalid_pattern(wanted.query, error) from error
    return np.asarray(found["row_id"], dtype=np.int64)


def batches(database: Database, batch_rows: int) -> Iterator[pa.RecordBatch]:
    """Give all rows in the order of their ids, at most `batch_rows` at a time."""
    with database.reading() as cursor:
        names = read_columns(cursor)
        rows = read_row_count(cursor)
    statement = compose(
        "SELECT row_id{columns} FROM rows WHERE row_id >= {start} AND row_id < {stop}"
        " ORDER BY row_id",
        columns=_stored(names),
        start="$start",
        stop="$stop",
    )
    for start in range(0, rows, batch_rows):
        with database.reading() as cursor:
            limits = {"start": start, "stop": min(start + batch_rows, rows)}
            table = cursor.sql(statement, params=limits).to_arrow_table()
        yield _named(table, names).combine_chunks().to_batches()[0]


def write_arrow(database: Database, path: Path, leave_out: Collection[str] = ()) -> None:
    """Write all rows as an uncompressed Arrow IPC file, which takes its name when complete."""
    schema = _schema([column for column in columns(database) if column.name not in leave_out])
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
            for batch in batches(database, _ARROW_BATCH_ROWS):
                writer.write_batch(batch.select(schema.names))
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink()
        raise


def rows_stamp(database: Database, leave_out: Collection[str] = ()) -> str:
    """Return 16 hex digits that change whenever `write_arrow` would write something else.

    Rows come with imports only and never change, so the imports decide them, each by its file's
    hash and its time; a number of rows may come again after a backup was restored.
    """
    with database.reading() as cursor:
        imported = cursor.execute(
            "SELECT sha256, rows, at_utc::VARCHAR FROM imports ORDER BY ALL"
        ).fetchall()
        names = [(column.name, column.type) for column in read_columns(cursor)]
    decisive = json.dumps([imported, names, sorted(leave_out)])
    return hashlib.sha256(decisive.encode()).hexdigest()[:16]


def test_rows(database: Database) -> npt.NDArray[np.int64]:
    """Return the ids of the rows that are locked away for testing, ascending, int64."""
    with database.reading() as cursor:
        found = cursor.execute(
            "SELECT row_id FROM splits WHERE split = 'test' ORDER BY row_id"
        ).fetchnumpy()
    return read_only(found["row_id"], np.int64)


def _stored(names: Sequence[Column]) -> str:
    return listed(position_name(position) for position in range(len(names)))


def _schema(names: Sequence[Column]) -> pa.Schema:
    fields = [(column.name, _ARROW_TYPES[column.type]) for column in names]
    return pa.schema([("row_id", pa.int64()), *fields])


def _named(table: pa.Table, names: Sequence[Column]) -> pa.Table:
    schema = _schema(names)
    return table.rename_columns(schema.names).cast(schema)


def _searched_columns(
    names: Sequence[Column], column: str | None, leave_out: Collection[str]
) -> list[int]:
    searchable = {
        found.name: position for position, found in enumerate(names) if found.name not in leave_out
    }
    if column is None:
        return [position for position in searchable.values() if names[position].type == "text"]
    if column not in searchable:
        raise ProjectError(f"There is no column {column!r}.", choices=list(searchable))
    return [searchable[column]]


def _condition(wanted: TextSearch) -> str:
    if wanted.regex:
        options = "'c'" if wanted.match_case else "'i'"
        return compose("regexp_matches({{column}}::VARCHAR, $query, {options})", options=options)
    if wanted.match_case:
        return "contains({column}::VARCHAR, $query)"
    return "contains(lower({column}::VARCHAR), lower($query))"


def invalid_pattern(pattern: str, error: duckdb.Error) -> ProjectError:
    """Return the error for a pattern that is none."""
    reason = str(error).removeprefix("Invalid Input Error: ")
    return ProjectError(
        f"{pattern!r} is not a valid regular expression: {reason}.",
        remedy="Correct it, or search for plain text.",
    )
