"""Runs of labeling functions: their record, sparse votes, and rows with errors."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from labeling.errors import ProjectError
from labeling.run_store import RunRecord
from labeling.runs import ERROR, NOT_RUN, RowError, RowTimes, RunResult, SlowRow, StabilityCheck
from labeling.votes import ABSTAIN
from storage import returns, times
from storage.database import Connection, Database, first_row, registered
from storage.sql import compose

_TABLES = ("runs", "votes", "run_errors", "unreached", "stability_checks", "return_codes")
_WITHOUT_RECORD = ("stability_checks",)
_FORGET = {table: compose("DELETE FROM {table}", table=table) for table in _TABLES}
_FORGET_VERSION = {
    table: compose("{forget} WHERE version = ?", forget=forget) for table, forget in _FORGET.items()
}


def run(database: Database, version: str) -> RunRecord | None:
    """Return the record of a version's run, or None when it was never run."""
    with database.reading() as cursor:
        return _record(cursor, version)


def save_run(database: Database, result: RunResult) -> None:
    """Save a run that starts at row 0 in place of the version's last one, or append to that.

    Raises:
        ProjectError: the run starts neither at row 0 nor where the stored one stops.
    """

    def save(connection: Connection) -> None:
        stored = _record(connection, result.version)
        if result.start == 0:
            # Nothing but checks is stored without a record, and each search for it takes its time.
            for table in _TABLES if stored else _WITHOUT_RECORD:
                connection.execute(_FORGET_VERSION[table], [result.version])
            stored = None
        _write_record(connection, result, stored)
        _write_votes(connection, result)
        _write_errors(connection, result)
        _write_unreached(connection, result)
        returns.write(connection, result)

    database.write(save)


def votes(database: Database, version: str) -> npt.NDArray[np.int8]:
    """Return the votes of a version over the rows of its run, int8 (rows,).

    Values are class codes, ABSTAIN, ERROR and NOT_RUN.

    Raises:
        ProjectError: the version was never run.
    """
    with database.reading() as cursor:
        record = _record(cursor, version)
        if record is None:
            raise ProjectError(
                f"Version {version} of a labeling function has not been run.", remedy="Run it."
            )
        stored = cursor.execute(
            "SELECT row_id, value::TINYINT AS value FROM votes WHERE version = ? AND part = 0",
            [version],
        ).fetchnumpy()
        errors = cursor.execute(
            "SELECT row_id FROM run_errors WHERE version = ?", [version]
        ).fetchnumpy()
        unreached = cursor.execute(
            "SELECT first_row, stop_row FROM unreached WHERE version = ?", [version]
        ).fetchall()
    dense = np.full(record.rows, ABSTAIN, dtype=np.int8)
    dense[stored["row_id"]] = stored["value"]
    dense[errors["row_id"]] = ERROR
    for first, stop in unreached:
        dense[first:stop] = NOT_RUN
    return dense


def run_errors(database: Database, version: str) -> tuple[RowError, ...]:
    """Return the errors of a version's run of which the details were kept, by row."""
    with database.reading() as cursor:
        kept = cursor.execute(
            "SELECT row_id, error, message, line FROM run_errors"
            " WHERE version = ? AND error IS NOT NULL ORDER BY row_id",
            [version],
        ).fetchall()
    return tuple(RowError(*error) for error in kept)


def save_stability_check(database: Database, version: str, check: StabilityCheck) -> None:
    """Save what running some rows of a version a second time found."""
    database.write(
        lambda connection: connection.execute(
            "INSERT OR REPLACE INTO stability_checks VALUES (?, ?, ?)",
            [version, check.rows, list(check.differing)],
        )
    )


def stability_checks(database: Database) -> dict[str, StabilityCheck]:
    """Return the stored checks, by version."""
    with database.reading() as cursor:
        saved = cursor.execute("SELECT version, rows, differing FROM stability_checks").fetchall()
    return {version: StabilityCheck(rows, tuple(differing)) for version, rows, differing in saved}


def forget_runs(database: Database) -> None:
    """Delete all runs, votes and errors, so that every function is stale."""

    def forget(connection: Connection) -> None:
        for statement in _FORGET.values():
            connection.execute(statement)

    database.write(forget)


def _record(connection: Connection, version: str) -> RunRecord | None:
    found = first_row(
        connection,
        "SELECT version, rows, votes, error_count, seconds, stdout, failure, failure_line,"
        " failure_row, at_utc, timed, p50_seconds, p95_seconds, slow_rows,"
        " slow_seconds FROM runs WHERE version = ?",
        [version],
    )
    if found is None:
        return None
    recorded = RunRecord(*found[:10])
    timed, p50, p95, slow_rows, slow_seconds = found[10:]
    row_times = None
    if timed is not None:
        slowest = zip(slow_rows, slow_seconds, strict=True)
        row_times = RowTimes(timed, p50, p95, tuple(SlowRow(*row) for row in slowest))
    return replace(recorded, at=times.from_database(recorded.at), times=row_times)


@dataclass(frozen=True)
class _Totals:
    """What a record counts before this result is added to it."""

    rows: int = 0
    votes: int = 0
    error_count: int = 0
    seconds: float = 0.0
    stdout: str = ""
    failure: str | None = None
    failure_line: int | None = None
    failure_row: int | None = None
    times: RowTimes | None = None


def _write_record(connection: Connection, result: RunResult, stored: RunRecord | None) -> None:
    before = stored or _Totals()
    if result.start != before.rows:
        raise ProjectError(
            f"A run from row {result.start} cannot follow a stored run of {before.rows} rows.",
            remedy="Run the function over all rows.",
        )
    latest = before if result.complete else result
    row_times = result.times or before.times
    connection.execute(
        "INSERT OR REPLACE INTO runs (version, rows, votes, error_count, seconds, stdout, failure,"
        " failure_line, failure_row, at_utc, timed, p50_seconds, p95_seconds, slow_rows,"
        " slow_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            result.version,
            result.stop,
            before.votes + result.vote_count,
            before.error_count + result.error_count,
            before.seconds + result.seconds,
            before.stdout + result.stdout,
            latest.failure,
            latest.failure_line,
            latest.failure_row,
            times.now(),
            row_times and row_times.timed,
            row_times and row_times.p50,
            row_times and row_times.p95,
            row_times and [row.row_id for row in row_times.slowest],
            row_times and [row.seconds for row in row_times.slowest],
        ],
    )


def _write_votes(connection: Connection, result: RunResult) -> None:
    voted = np.flatnonzero(result.votes > ABSTAIN)
    sparse = pa.table({"row_id": voted + result.start, "value": result.votes[voted]})
    with registered(connection, "new_votes", sparse):
        connection.execute(
            "INSERT INTO votes SELECT ?, row_id, 0, value FROM new_votes", [result.version]
        )


def _write_errors(connection: Connection, result: RunResult) -> None:
    detailed = {error.row_id: error for error in result.errors}
    bare = [
        int(row)
        for row in np.flatnonzero(result.votes == ERROR) + result.start
        if row not in detailed
    ]
    if not detailed and not bare:
        return
    rows = {
        "row_id": [*detailed, *bare],
        "error": [error.error for error in detailed.values()] + [None] * len(bare),
        "message": [error.message for error in detailed.values()] + [None] * len(bare),
        "line": [error.line for error in detailed.values()] + [None] * len(bare),
    }
    schema = pa.schema(
        {"row_id": pa.int64(), "error": pa.string(), "message": pa.string(), "line": pa.int32()}
    )
    with registered(connection, "new_errors", pa.table(rows, schema=schema)):
        connection.execute("INSERT INTO run_errors SELECT ?, * FROM new_errors", [result.version])


def _write_unreached(connection: Connection, result: RunResult) -> None:
    edges = np.flatnonzero(np.diff(result.votes == NOT_RUN, prepend=False, append=False))
    ranges = [
        [result.version, int(first) + result.start, int(stop) + result.start]
        for first, stop in edges.reshape(-1, 2)
    ]
    if ranges:
        connection.executemany("INSERT INTO unreached VALUES (?, ?, ?)", ranges)
