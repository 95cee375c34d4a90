"""Finds rows by the value of a column; values are parameters, columns go by their position."""

from collections.abc import Collection

import duckdb
import numpy as np
import numpy.typing as npt

from labeling.errors import ProjectError
from labeling.row_query import ColumnCondition, ColumnTest
from labeling.store import Column
from storage.database import Connection, Database, first_row
from storage.rows import invalid_pattern, read_columns
from storage.sql import compose, position_name

_SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "HUGEINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}
_LOOK_AT_TEXT = ("contains", "regex")
_TESTS: dict[ColumnTest, str] = {
    "contains": "contains(lower({column}::VARCHAR), lower($1))",
    "regex": "regexp_matches({column}::VARCHAR, $1, 'i')",
    "=": "{column} = $1::{type}",
    "<": "{column} < $1::{type}",
    "<=": "{column} <= $1::{type}",
    ">": "{column} > $1::{type}",
    ">=": "{column} >= $1::{type}",
    "between": "{column} BETWEEN $1::{type} AND $2::{type}",
    "empty": "trim({column}::VARCHAR) = '' OR {column} IS NULL",
}


def rows_where(
    database: Database, condition: ColumnCondition, leave_out: Collection[str] = ()
) -> npt.NDArray[np.int64]:
    """Return the ids of the rows that a condition keeps, ascending, int64.

    Raises:
        ProjectError: there is no such column, or a value is not one of its type.
    """
    with database.reading() as cursor:
        position, column = _found(read_columns(cursor), condition.column, leave_out)
        column_type = _SQL_TYPES[column.type]
        if condition.test not in _LOOK_AT_TEXT:
            for value in condition.values:
                _check_value(cursor, value, column, column_type)
        test = compose(_TESTS[condition.test], column=position_name(position), type=column_type)
        statement = compose(
            "SELECT row_id FROM rows WHERE {sign} coalesce({test}, false) ORDER BY row_id",
            sign="NOT" if condition.negate else "",
            test=test,
        )
        try:
            found = cursor.execute(statement, list(condition.values)).fetchnumpy()
        except duckdb.InvalidInputException as error:
            raise invalid_pattern(condition.values[0], error) from error
    return np.asarray(found["row_id"], dtype=np.int64)


def _found(
    columns: tuple[Column, ...], name: str, leave_out: Collection[str]
) -> tuple[int, Column]:
    allowed = {
        one.name: (position, one)
        for position, one in enumerate(columns)
        if one.name not in leave_out
    }
    if name not in allowed:
        raise ProjectError(f"There is no column {name!r}.", choices=list(allowed))
    return allowed[name]


def _check_value(cursor: Connection, value: str, column: Column, column_type: str) -> None:
    """Raise ProjectError where a value cannot be compared with a column."""
    converted = first_row(
        cursor, compose("SELECT try_cast(?::VARCHAR AS {type})", type=column_type), [value]
    )
    if converted is None or converted[0] is None:
        raise ProjectError(
            f"{value!r} cannot be compared with the column {column.name!r} of type {column.type}.",
            remedy="Write it as the rows show it.",
        )
