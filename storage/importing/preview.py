"""What an import would understand of a file, before it is asked for."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from labeling.store import ColumnPreview, Preview, Progress
from storage.importing.column_types import proposed_type
from storage.importing.formats import stage
from storage.importing.scratch import Scratch, Staged, scratch_database
from storage.importing.source import Source
from storage.importing.suggestions import suggest_columns
from storage.sql import compose, listed, position_name

_SAMPLE_ROWS = 20
_EXAMPLES = 3
_MOST_DISTINCT = 50
_FIRST_LOOK_ROWS = 2_000
_DISTINCT = """
    SELECT DISTINCT value FROM (SELECT {column} AS value FROM staged {limit})
    WHERE value <> '' LIMIT {most}"""


def preview_file(path: Path, file_name: str | None, progress: Progress | None = None) -> Preview:
    """Read a whole file and describe it.

    Raises:
        ImportFileError: the file cannot be read as it stands.
    """
    source = Source.of(path, file_name)
    with scratch_database(None, "labelwright-preview-") as scratch:
        staged = stage(source, scratch, progress or _no_progress)
        columns = tuple(_describe(scratch, staged, number) for number in range(len(staged.columns)))
        suggested = suggest_columns(scratch, staged, columns)
        return Preview(
            path=path,
            format=staged.format,
            rows=staged.rows,
            columns=columns,
            sample=_sample(scratch, [column.name for column in columns]),
            delimiter=staged.delimiter,
            text_column=suggested.text,
            id_column=suggested.id,
            gold_column=suggested.gold,
            split_column=suggested.split,
        )


def _no_progress(done: int, total: int | None) -> None:
    """Tell nobody."""


def _describe(scratch: Scratch, staged: Staged, position: int) -> ColumnPreview:
    column = position_name(position)
    empty = scratch.first(
        "SELECT count(*) FROM staged WHERE coalesce({column}, '') = ''", column=column
    )
    file_column = staged.columns[position]
    return ColumnPreview(
        name=file_column.name,
        type=proposed_type(scratch, file_column, position),
        empty=int(empty[0]) if empty else 0,
        examples=_examples(scratch, column),
        distinct=_distinct(scratch, column),
    )


def _examples(scratch: Scratch, column: str) -> tuple[str, ...]:
    found = scratch.all(
        "SELECT value FROM (SELECT {column} AS value, record FROM staged LIMIT {rows})"
        " WHERE value <> '' GROUP BY value ORDER BY min(record) LIMIT {examples}",
        column=column,
        rows=str(_FIRST_LOOK_ROWS),
        examples=str(_EXAMPLES),
    )
    return tuple(value for (value,) in found)


def _distinct(scratch: Scratch, column: str) -> tuple[str, ...] | None:
    """Return all values when they are few; a short look first spares counting a million texts."""
    for limit in (compose("LIMIT {rows}", rows=str(_FIRST_LOOK_ROWS)), ""):
        found = scratch.all(_DISTINCT, column=column, limit=limit, most=str(_MOST_DISTINCT + 1))
        if len(found) > _MOST_DISTINCT:
            return None
    return tuple(sorted(value for (value,) in found))


def _sample(scratch: Scratch, names: Sequence[str]) -> pd.DataFrame:
    cells = listed(f"coalesce({position_name(position)}, '')" for position in range(len(names)))
    found = scratch.all(
        "SELECT record{cells} FROM staged ORDER BY record LIMIT {rows}",
        cells=cells,
        rows=str(_SAMPLE_ROWS),
    )
    return pd.DataFrame([cells[1:] for cells in found], columns=list(names), dtype="str")
