"""Looks at what can be made again: the votes of functions and the copy of the rows for workers.

A cache that is wrong is worse than none, because the votes that come of it look like any others.
Arrow files have no checksums, so the copy is compared with the rows it was made of.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa

from labeling.functions import LabelingFunction
from storage import project, rows
from storage.checks import Check, cache_fault, fine
from storage.database import Database
from storage.runs import forget_runs

_ROWS_FILES = "cache/rows-*.arrow"
_BATCH_ROWS = 50_000

_WRONG_RUNS = """
    SELECT version FROM runs LEFT JOIN (
        SELECT version, count(*) AS found, min(row_id) AS lowest, max(row_id) AS highest
        FROM votes GROUP BY version
    ) USING (version)
    WHERE coalesce(found, 0) <> runs.votes OR lowest < 0 OR highest >= runs.rows
    ORDER BY version"""
_STRAY_VERSIONS = "SELECT DISTINCT version FROM votes ANTI JOIN runs USING (version) ORDER BY ALL"
_RUN_VERSIONS = "SELECT version FROM runs ORDER BY version"
_SAVED = "SELECT DISTINCT name, kind, source FROM function_events WHERE action = 'saved'"


def check_caches(database: Database, folder: Path) -> Iterator[Check]:
    """Look at the caches of a project whose tables can be read, and change nothing."""
    yield from _check_votes(database)
    answers = project.info(database).answer_columns
    current = f"rows-{rows.rows_stamp(database, answers)}.arrow"
    for path in sorted(folder.glob(_ROWS_FILES)):
        name = path.relative_to(folder)
        if path.name != current:
            yield fine(f"{name} is a copy of other rows; it is not read, and the next replaces it.")
            continue
        wrong = _fault_of_copy(path, database, answers)
        if wrong:
            yield cache_fault(f"{name}, the copy of the rows for functions, {wrong}.")
        else:
            yield fine(f"{name} is a true copy of the rows.")


def clear_caches(database: Database, folder: Path) -> None:
    """Delete what `check_caches` looks at; the next run makes it again."""
    forget_runs(database)
    for path in folder.glob(_ROWS_FILES):
        path.unlink()


def _check_votes(database: Database) -> Iterator[Check]:
    with database.reading() as cursor:
        wrong, stray, run = (
            [version for (version,) in cursor.execute(statement).fetchall()]
            for statement in (_WRONG_RUNS, _STRAY_VERSIONS, _RUN_VERSIONS)
        )
        saved = {LabelingFunction(*row).version for row in cursor.execute(_SAVED).fetchall()}
    if wrong:
        yield cache_fault(f"The stored votes of {_listed(wrong)} are not those of the run.")
    if stray:
        yield cache_fault(f"There are votes of {_listed(stray)}, which was never run to its end.")
    if not (wrong or stray):
        yield fine(f"The votes of {len(run):,} runs are whole.")
    unknown = [version for version in run if version not in saved]
    if unknown:
        yield fine(
            f"The votes of {_listed(unknown)} belong to no function that was saved; they count "
            "nowhere. To free their room, run cli.py doctor --clear-caches: it forgets the votes "
            "of all functions, and the next run makes those of the present ones again."
        )


def _fault_of_copy(path: Path, database: Database, answers: Collection[str]) -> str:
    """Say what is wrong with a copy of the rows, as the end of a sentence; "" if it is true."""
    columns = [column.name for column in rows.columns(database) if column.name not in answers]
    try:
        copied = _read(path)
    except (OSError, pa.ArrowException) as error:
        return f"cannot be read ({str(error).splitlines()[0].rstrip('.')})"
    if len(copied) != rows.row_count(database):
        return f"holds {len(copied):,} rows, which is not how many the project has"
    if copied.column_names != ["row_id", *columns]:
        return "has other columns than the project"
    start = 0
    for batch in rows.batches(database, _BATCH_ROWS):
        stored = _comparable(pa.Table.from_batches([batch]).select(copied.column_names))
        copy = copied.slice(start, len(stored))
        if not _comparable(copy).equals(stored):
            return f"differs from them between rows {start:,} and {start + len(copy):,}"
        start += len(stored)
    return ""


def _read(path: Path) -> pa.Table:
    """Return a copy of the rows, mapped; each value of it can be looked at."""
    with pa.memory_map(str(path)) as source:
        copied = pa.ipc.open_file(source).read_all()
    # Offsets that lead nowhere would be followed otherwise.
    copied.validate(full=True)
    return copied


def _comparable(table: pa.Table) -> pa.Table:
    """Return a table in which numbers are their bits: NaN equals nothing, not even itself."""
    columns = [
        column.cast(pa.float64()).combine_chunks().view(pa.int64())
        if pa.types.is_floating(column.type)
        else column
        for column in table.columns
    ]
    return pa.table(columns, names=table.column_names)


def _listed(versions: list[str]) -> str:
    shown = ", ".join(versions[:3])
    more = f" and {len(versions) - 3:,} more" if len(versions) > 3 else ""
    return f"version {shown}{more}"
