"""The import itself: stage, check everything, then move all of it in one transaction."""

from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from labeling.errors import ImportFileError
from labeling.store import Column, ImportPlan, ImportReport, Progress, ProjectInfo
from storage import project, rows, times
from storage.database import Connection, Database, count, first_row, registered
from storage.importing.column_types import (
    DATABASE_TYPES,
    chosen_columns,
    converted,
    refuse_unfit_values,
    shortened,
)
from storage.importing.formats import stage
from storage.importing.gold_column import GoldColumn, refuse_unknown_gold
from storage.importing.roles import Roles, find_overrides, find_roles
from storage.importing.scratch import Scratch, Staged, scratch_database
from storage.importing.source import Source
from storage.importing.value_checks import (
    TEST_SPLIT,
    refuse_bad_ids,
    refuse_unknown_splits,
)
from storage.sql import compose, listed, position_name, quoted

_BATCH_ROWS = 20_000


@dataclass(frozen=True)
class _Checked:
    """A staged file that is ready to be moved.

    `positions` says which column of the file each of `columns`, the project's, comes from.
    """

    source: Source
    scratch: Scratch
    staged: Staged
    roles: Roles
    gold: GoldColumn | None
    columns: tuple[Column, ...]
    positions: tuple[int, ...]

    def name(self, position: int | None) -> str | None:
        """Return the project's name of a column of the file."""
        return None if position is None else self.staged.columns[position].name

    def stream(self, statement: str, **fragments: str) -> pa.RecordBatchReader:
        """Return what a statement over the staged file gives, batch by batch."""
        relation = self.scratch.connection.sql(compose(statement, **fragments))
        return relation.to_arrow_reader(_BATCH_ROWS)


def import_file(
    database: Database, plan: ImportPlan, folder: Path, prefix: str, progress: Progress | None
) -> ImportReport:
    """Import a file whole or not at all; `progress` is called in this thread and may raise.

    Raises:
        ImportFileError: the file is malformed or does not fit the project.
    """
    source = Source.of(plan.path, plan.file_name)
    tell = progress or (lambda _done, _total: None)
    with scratch_database(folder, prefix) as scratch:
        staged = stage(source, scratch, tell)
        checked = _check(database, plan, source, scratch, staged)
        sha256 = source.sha256()
        tell(staged.rows, staged.rows)
        return database.write(lambda connection: _move(connection, checked, sha256))


def _check(
    database: Database, plan: ImportPlan, source: Source, scratch: Scratch, staged: Staged
) -> _Checked:
    info, present = project.info(database), rows.columns(database)
    roles = find_roles(source, staged, _with_project_id(plan, info, present))
    overrides = find_overrides(source, staged, plan)
    if present:
        columns = present
        positions = _matched(source, staged, present)
    else:
        columns = chosen_columns(scratch, staged, roles.always_text, overrides)
        positions = tuple(range(len(columns)))
    for column, position in zip(columns, positions, strict=True):
        if column.type != "text" and (present or position in overrides):
            refuse_unfit_values(source, scratch, staged, position, column.type)
    if roles.id is not None:
        refuse_bad_ids(source, scratch, staged, roles.id)
    gold = None
    if roles.gold is not None:
        gold = GoldColumn(roles.gold, info.classes, numbers=plan.gold_numbers)
        refuse_unknown_gold(source, scratch, staged, gold)
    if roles.split is not None:
        refuse_unknown_splits(source, scratch, staged, roles.split)
    return _Checked(source, scratch, staged, roles, gold, columns, positions)


def _with_project_id(
    plan: ImportPlan, info: ProjectInfo, present: tuple[Column, ...]
) -> ImportPlan:
    """Keep ids unique in a project that has an id column, also when the plan does not name it."""
    if present and info.id_column is not None and plan.id_column is None:
        return replace(plan, id_column=info.id_column)
    return plan


def _matched(source: Source, staged: Staged, present: tuple[Column, ...]) -> tuple[int, ...]:
    """Return where each column of the project stands in the file."""
    in_file = {column.name: position for position, column in enumerate(staged.columns)}
    missing = [column.name for column in present if column.name not in in_file]
    added = sorted(in_file.keys() - {column.name for column in present})
    if missing or added:
        faults = [f"lacks {name!r}" for name in missing] + [f"adds {name!r}" for name in added]
        raise source.refused(
            f"The columns are not those of the project: the file {', '.join(faults)}.",
            choices=tuple(column.name for column in present),
            remedy="Rename, add or remove columns so that they match.",
        )
    return tuple(in_file[column.name] for column in present)


def _move(connection: Connection, checked: _Checked, sha256: str) -> ImportReport:
    """Move the staged file into the project, inside a transaction of the writer."""
    offset = rows.read_row_count(connection)
    _refuse_changed_columns(connection, checked, offset)
    if offset == 0 and not rows.read_columns(connection):
        _create_columns(connection, checked.columns)
        _write_roles(connection, checked)
    else:
        _write_answers(connection, checked)
        if checked.roles.id is not None:
            _refuse_taken_ids(connection, checked)
    _move_rows(connection, checked, offset)
    gold_rows = _move_gold_and_splits(connection, checked, offset)
    connection.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?)",
        [checked.source.name, sha256, checked.staged.rows, times.now()],
    )
    return ImportReport(checked.staged.rows, *gold_rows, sha256)


def _write_roles(connection: Connection, checked: _Checked) -> None:
    """Save what the columns of a project's first file mean."""
    roles = replace(
        project.read_info(connection),
        text_column=checked.name(checked.roles.text) or "",
        id_column=checked.name(checked.roles.id),
    )
    project.write_info(connection, roles)
    _write_answers(connection, checked)


def _write_answers(connection: Connection, checked: _Checked) -> None:
    """Save which columns hold answers; a file without any does not forget earlier ones."""
    saved = project.read_info(connection)
    gold, split = checked.name(checked.roles.gold), checked.name(checked.roles.split)
    answers = replace(
        saved,
        gold_column=gold or saved.gold_column,
        split_column=split or saved.split_column,
    )
    project.write_info(connection, answers)


def _refuse_changed_columns(connection: Connection, checked: _Checked, offset: int) -> None:
    """Refuse what another import made of an empty project while this file was checked."""
    if offset and rows.read_columns(connection) != checked.columns:
        raise checked.source.refused(
            "Another file was imported in the meantime, with other columns.",
            remedy="Import this file again.",
        )


def _create_columns(connection: Connection, columns: tuple[Column, ...]) -> None:
    for position, column in enumerate(columns):
        connection.execute(
            compose(
                "ALTER TABLE rows ADD COLUMN {name} {type}",
                name=position_name(position),
                type=DATABASE_TYPES[column.type],
            )
        )
    connection.executemany(
        "INSERT INTO columns VALUES (?, ?, ?)",
        [[position, column.name, column.type] for position, column in enumerate(columns)],
    )


def _refuse_taken_ids(connection: Connection, checked: _Checked) -> None:
    id_position = checked.roles.id if checked.roles.id is not None else 0
    stored = checked.positions.index(id_position)
    incoming = checked.stream(
        "SELECT record, {id} AS id FROM staged", id=position_name(id_position)
    )
    statement = compose(
        "SELECT record, id, row_id FROM incoming JOIN rows ON rows.{stored}::VARCHAR = id"
        " ORDER BY record LIMIT 1",
        stored=position_name(stored),
    )
    with registered(connection, "incoming", incoming):
        taken = first_row(connection, statement)
    if taken:
        raise _taken_id(checked, *taken)


def _taken_id(checked: _Checked, record: int, value: str, row_id: int) -> ImportFileError:
    return checked.source.refused(
        f"The id {shortened(value)} is taken: row {row_id} of the project has it already.",
        place=checked.staged.place(record),
        remedy="Import only new rows.",
    )


def _move_rows(connection: Connection, checked: _Checked, offset: int) -> None:
    values = []
    for column, position in zip(checked.columns, checked.positions, strict=True):
        value = converted(position, column.type)
        # The text is what functions search: it is never missing, at most empty.
        text = position == checked.roles.text
        values.append(f"coalesce({value}, '')" if text else f"({value})")
    named = [f"{value} AS {quoted(f'v{n}')}" for n, value in enumerate(values)]
    incoming = checked.stream(
        "SELECT record + {offset} AS row_id{values} FROM staged",
        offset=str(offset),
        values=listed(named),
    )
    with registered(connection, "incoming", incoming):
        connection.execute("INSERT INTO rows SELECT * FROM incoming")


def _move_gold_and_splits(
    connection: Connection, checked: _Checked, offset: int
) -> tuple[int, int]:
    """Add imported gold and test rows; return the numbers of dev and test gold rows."""
    gold, split = checked.gold, checked.roles.split
    incoming = checked.stream(
        "SELECT record + {offset} AS row_id, ({gold})::VARCHAR AS class,"
        " coalesce({split} = '{test}', false) AS is_test FROM staged"
        " WHERE coalesce({gold}, '') <> '' OR {split} = '{test}'",
        offset=str(offset),
        gold="NULL" if gold is None else gold.value,
        split="NULL" if split is None else position_name(split),
        test=TEST_SPLIT,
    ).read_all()
    with registered(connection, "incoming", incoming):
        connection.execute(
            "INSERT INTO splits SELECT row_id, ? FROM incoming WHERE is_test", [TEST_SPLIT]
        )
        connection.execute(
            "INSERT INTO gold SELECT row_id, list_position(?, class) - 1 FROM incoming"
            " WHERE class <> ''",
            [[] if gold is None else gold.words],
        )
        test = count(connection, "SELECT count(*) FROM incoming WHERE is_test AND class <> ''")
        both = count(connection, "SELECT count(*) FROM incoming WHERE class <> ''")
    return both - test, test
