r"""Types of columns: read off all values, never off the first few, and never losing one.

A column is an integer only if every value is written as the integer itself (`007`, `+5` and
` 5` are text), a number only if every value is a plain decimal that a double holds exactly enough
to write it again. Dates, times and booleans in CSV stay text until the plan says otherwise.
"""

from collections.abc import Mapping

from labeling.store import Column, ColumnType
from storage.importing.scratch import FileColumn, Scratch, Staged
from storage.importing.source import Source
from storage.sql import compose, position_name

DATABASE_TYPES: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}

_DECIMAL = r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?"
_CONVERSIONS: dict[ColumnType, str] = {
    "text": "{column}",
    "integer": "CASE WHEN regexp_full_match({column}, '[+-]?[0-9]+')"
    " THEN TRY_CAST({column} AS BIGINT) END",
    "number": f"CASE WHEN regexp_full_match({{column}}, '{_DECIMAL}')"
    " AND isfinite(TRY_CAST({column} AS DOUBLE)) THEN TRY_CAST({column} AS DOUBLE) END",
    "boolean": "CASE WHEN lower({column}) IN ('true', 'yes', '1') THEN true"
    " WHEN lower({column}) IN ('false', 'no', '0') THEN false END",
    "date": "TRY_CAST({column} AS DATE)",
    "timestamp": "TRY_CAST({column} AS TIMESTAMP)",
}
_EXPECTED: dict[ColumnType, str] = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number such as 1.5",
    "boolean": "true or false",
    "date": "a date such as 2024-05-31",
    "timestamp": "a time such as 2024-05-31 18:30:00",
}

_SAFE_DIGITS = 17
"""More significant digits than these a double cannot keep."""

_FIRST_LOOK_ROWS = 2_000
_COUNTS = r"""
    SELECT
        count(*) AS filled,
        count(*) FILTER (
            regexp_full_match(value, '0|-?[1-9][0-9]*') AND TRY_CAST(value AS BIGINT) IS NOT NULL
        ) AS integers,
        count(*) FILTER (
            regexp_full_match(value, '-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?')
            AND isfinite(TRY_CAST(value AS DOUBLE))
            AND length(ltrim(regexp_replace(value, '[eE].*|[^0-9]', '', 'g'), '0')) <= {digits}
        ) AS numbers
    FROM (SELECT {column} AS value FROM staged {limit}) WHERE value <> ''"""


def proposed_type(scratch: Scratch, column: FileColumn, position: int) -> ColumnType:
    """Return the type that the format declares, or else that all values agree on."""
    if column.declared is not None:
        return column.declared
    limit = compose("LIMIT {rows}", rows=str(_FIRST_LOOK_ROWS))
    first_look = _agreed_type(scratch, position, limit)
    return first_look if first_look == "text" else _agreed_type(scratch, position, "")


def converted(position: int, column_type: ColumnType) -> str:
    """Return the SQL that turns a staged value into one of this type, NULL where it is empty."""
    column = position_name(position)
    if column_type == "text":
        return column
    return compose(_CONVERSIONS[column_type], column=f"nullif({column}, '')")


def chosen_columns(
    scratch: Scratch,
    staged: Staged,
    always_text: frozenset[int],
    overrides: Mapping[int, ColumnType],
) -> tuple[Column, ...]:
    """Return the columns with their types; `always_text` are positions of columns with a role."""

    def chosen(position: int, column: FileColumn) -> ColumnType:
        if position in always_text:
            return "text"
        if position in overrides:
            return overrides[position]
        return proposed_type(scratch, column, position)

    return tuple(
        Column(column.name, chosen(position, column))
        for position, column in enumerate(staged.columns)
    )


def refuse_unfit_values(
    source: Source, scratch: Scratch, staged: Staged, position: int, column_type: ColumnType
) -> None:
    """Refuse a column with a value that its type cannot hold.

    Raises:
        ImportFileError: names the line and value.
    """
    found = scratch.first(
        "SELECT record, {column} FROM staged"
        " WHERE {column} <> '' AND ({converted}) IS NULL ORDER BY record LIMIT 1",
        column=position_name(position),
        converted=converted(position, column_type),
    )
    if found:
        record, value = found
        raise source.refused(
            f"Column {staged.columns[position].name!r} has {shortened(value)}, which is not "
            f"{_EXPECTED[column_type]}.",
            place=staged.place(record),
            remedy="Correct the value, or import the column as text.",
        )


def shortened(value: str) -> str:
    """Return a value in quotes, cut where it is too long for a message."""
    return repr(value) if len(value) <= 60 else repr(value[:57]) + "..."


def _agreed_type(scratch: Scratch, position: int, limit: str) -> ColumnType:
    counts = scratch.first(
        _COUNTS, column=position_name(position), limit=limit, digits=str(_SAFE_DIGITS)
    )
    filled, integers, numbers = counts or (0, 0, 0)
    if filled and integers == filled:
        return "integer"
    if filled and numbers == filled:
        return "number"
    return "text"
