"""Runs the query of a SQL function with DuckDB. In a worker only.

Even DuckDB's parser is code that a query could crash, so nothing here is for the server. The
database is empty and in memory; `rows` is a view of the memory-mapped rows file, so there is
nothing to change, and DuckDB is denied files, network, extensions and its own settings.
"""

import re
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from labeling.errors import FunctionError
from labeling.kinds.kind import Answers, SetVote
from labeling.kinds.sql import EXAMPLE
from labeling.kinds.sql_row_local import is_row_local

MOST_MESSAGE = 500
"""Characters of DuckDB's message, or of names and types that came, that are shown."""

MOST_ANALYSED = 20_000
"""Characters of a query; to look through the tree of a longer one takes longer than it saves."""

_PLACE = re.compile(r"\n\nLINE (\d{1,6}): .*", re.DOTALL)
"""Where DuckDB says that an error is: the line, cut to fit, with a mark below.

No query has a line number of more digits; one that its author made up could have any.
"""
_INTEGER = re.compile(r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?")


def bound_query(source: str, rows: pa.Table, memory_mb: int, asked: range) -> SetVote:
    """Return the query in `source`, bound to the rows; it and its call raise FunctionError.

    A query that says of each row what it would say of it alone sees the rows that are `asked` for.
    """
    connection = _locked_connection(memory_mb)
    try:
        connection.register("rows", _needed(connection, source, rows, asked))
        relation = _bound(connection, source)
    except duckdb.Error as error:
        raise _explained(error, source, memory_mb) from error

    def vote() -> Answers:
        try:
            answers = relation.to_arrow_table()
        except duckdb.Error as error:
            raise _explained(error, source, memory_mb) from error
        return Answers(answers.column("row_id"), answers.column("label"))

    return vote


def _locked_connection(memory_mb: int) -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory that can reach nothing but what is registered.

    DuckDB gets half of the memory, so that it notices before the system does: its own error can
    be explained, and the other half is for what it does not count.
    """
    connection = duckdb.connect(
        config={
            "threads": 1,
            "async_threads": 0,
            "memory_limit": f"{max(memory_mb // 2, 1)}MiB",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "python_enable_replacements": False,
        }
    )
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ''")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _needed(
    connection: duckdb.DuckDBPyConnection, source: str, rows: pa.Table, asked: range
) -> pa.Table:
    """Return the rows that decide what a query says of those that are asked for."""
    if len(asked) == len(rows) or len(source) > MOST_ANALYSED:
        return rows
    tree = connection.execute("SELECT json_serialize_sql($1::VARCHAR)", [source]).fetchall()[0][0]
    return rows.slice(asked.start, len(asked)) if is_row_local(tree, rows.schema) else rows


def _bound(connection: duckdb.DuckDBPyConnection, source: str) -> duckdb.DuckDBPyRelation:
    """Return the one query in a source, bound and not run yet.

    The source must be one SELECT by itself, so that it cannot close the bracket it is put in; in
    the bracket nothing that changes data is valid. What DuckDB is given begins one line before the
    source each time, as `_explained` knows.
    """
    statements = connection.extract_statements(f"\n{source}")
    if len(statements) != 1:
        raise FunctionError(f"A SQL function is one query; there are {len(statements)} statements.")
    if (kind := statements[0].type.name) != "SELECT":
        raise FunctionError(
            f"A SQL function is one query; this is a statement of the kind {kind}.",
            remedy=EXAMPLE,
        )
    query = source.rstrip().rstrip(";")
    described = connection.execute(f"DESCRIBE (\n{query}\n)").fetchall()
    label_type = _checked_columns([(str(name), str(kind)) for name, kind, *_ in described])
    return connection.sql(  # the author's query, as the author may write it
        f"SELECT row_id::BIGINT AS row_id, label::{label_type} AS label FROM (\n{query}\n)"  # noqa: S608
    )


def _checked_columns(columns: Sequence[tuple[str, str]]) -> str:
    """Return the type to read labels as; raise FunctionError unless both columns are there."""
    for wanted in ("row_id", "label"):
        found = [kind for name, kind in columns if name.lower() == wanted]
        if len(found) != 1:
            came = _shown(", ".join(name for name, _ in columns))
            raise FunctionError(
                f"The query must give one column row_id and one column label; it gives {came}.",
                remedy=EXAMPLE,
            )
    types = {name.lower(): kind for name, kind in columns}
    if not _INTEGER.fullmatch(types["row_id"]):
        came = _shown(types["row_id"])
        raise FunctionError(f"row_id must be a whole number, as in rows; the query gives {came}.")
    label = types["label"]
    if _INTEGER.fullmatch(label):
        return "BIGINT"
    if label in ("VARCHAR", '"NULL"') or label.startswith("ENUM("):
        return "VARCHAR"
    raise FunctionError(
        f"label must be a class name, a class number or NULL; the query gives {_shown(label)}."
    )


def _shown(text: str) -> str:
    """Return a text of DuckDB's on one line and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_MESSAGE else line[: MOST_MESSAGE - 3] + "..."


def _explained(error: duckdb.Error, source: str, memory_mb: int) -> FunctionError:
    """Return DuckDB's error with its hints and the line in the author's source."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return FunctionError(
            f"The query needed more memory than it may use of the run's {memory_mb:,} MB.",
            remedy="Join or repeat less, or select fewer columns.",
        )
    message = str(error)
    place = _PLACE.search(message)
    line = int(place[1]) - 1 if place else 0
    if not 1 <= line <= source.count("\n") + 1:
        return FunctionError(_shown(message))
    return FunctionError(_shown(_PLACE.sub("", message)), where=f"line {line}", line=line)
