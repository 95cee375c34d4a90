"""What must hold of ids and splits before a file may enter a project."""

from storage.importing.column_types import shortened
from storage.importing.scratch import Scratch, Staged
from storage.importing.source import Source
from storage.sql import position_name

DEV_SPLITS = ("dev", "train", "valid")
TEST_SPLIT = "test"

_UNKNOWN = """
    SELECT record, {column} FROM staged
    WHERE {column} <> '' AND NOT list_contains(?, {column}) ORDER BY record LIMIT 1"""


def refuse_bad_ids(source: Source, scratch: Scratch, staged: Staged, position: int) -> None:
    """Refuse an id column with an empty id or one that comes twice.

    Raises:
        ImportFileError: names both places and the id.
    """
    column, name = position_name(position), staged.columns[position].name
    empty = scratch.first(
        "SELECT record FROM staged WHERE coalesce({column}, '') = '' ORDER BY record LIMIT 1",
        column=column,
    )
    if empty:
        raise source.refused(
            f"The id in column {name!r} is empty.",
            place=staged.place(empty[0]),
            remedy="Give every row an id, or import without an id column.",
        )
    repeated = scratch.first(
        "SELECT {column}, min(record) FROM staged GROUP BY {column} HAVING count(*) > 1"
        " ORDER BY min(record) LIMIT 1",
        column=column,
    )
    if repeated:
        value, first = repeated
        second = scratch.first(
            "SELECT min(record) FROM staged WHERE {column} = ? AND record > ?",
            [value, first],
            column=column,
        )
        raise source.refused(
            f"The id {shortened(value)} in column {name!r} is taken: "
            f"{staged.place(first)} has it already.",
            place=staged.place(second[0] if second else first),
            remedy="Make the ids unique, or import without an id column.",
        )


def refuse_unknown_splits(source: Source, scratch: Scratch, staged: Staged, position: int) -> None:
    """Refuse a split column with a value that is no split.

    Raises:
        ImportFileError: names the line, the value and the splits.
    """
    known = [*DEV_SPLITS, TEST_SPLIT]
    unknown = scratch.first(_UNKNOWN, [known], column=position_name(position))
    if unknown:
        raise source.refused(
            f"Unknown split {shortened(unknown[1])} in column {staged.columns[position].name!r}.",
            place=staged.place(unknown[0]),
            choices=tuple(known),
            remedy="Correct the cell or leave it empty, which means dev.",
        )
