"""The main program of a worker process: one request, one run, then mostly the end.

Started by itself (`start`) or as a copy (`template`), locked up by then, with four open
descriptors: the request socket, the report pipe, the votes file and the file for faulthandler's
traces. Imports nothing heavier than numpy and pyarrow.
"""

import faulthandler
import gc
import mmap
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial

from labeling.errors import FunctionError, LabelwrightError
from labeling.execution.autopsy import place
from labeling.execution.fault import error_message, error_name, failed, failure_line
from labeling.execution.isolation import Layer
from labeling.execution.protocol import (
    Compiled,
    Failed,
    Finished,
    Ready,
    RowErrors,
    RunRequest,
    Timed,
    read_message,
    write_message,
)
from labeling.execution.row import fast_columns, row_class
from labeling.execution.row_loop import LoopLimits, RowLoop, RunEndedError
from labeling.execution.rows_file import CHUNK_ROWS, COLUMN_CHUNK_ROWS, RowsFile
from labeling.execution.sandbox.limits import limit_run
from labeling.execution.set_votes import SetRun
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS, runs_no_code
from labeling.kinds.kind import ColumnKind, RowKind, SetKind, Vote
from labeling.kinds.python import PythonKind

Report = Callable[[RowErrors | Timed], None]


def main(layers: tuple[Layer, ...], descriptors: Sequence[int]) -> None:
    """Report how this process is locked up, run the request that is sent, and leave.

    After a function without code, stay for the next one.
    """
    for descriptor in descriptors:
        os.set_inheritable(descriptor, False)
    request_fd, report_fd, votes_fd, trace_fd = descriptors
    sys.argv[:] = [""]
    sys.dont_write_bytecode = True  # what was imported so far is ours; the author's is not kept
    faulthandler.enable(trace_fd)
    faulthandler.register(signal.SIGUSR1, trace_fd)
    output, error_output = sys.stdout, sys.stderr
    write_message(report_fd, Ready(layers))
    requests = socket.socket(fileno=request_fd)
    while (received := _received(requests)) is not None:
        request, rows_fd = received
        is_last = not runs_no_code(request.kind)
        if is_last:  # before the author's code could use it
            requests.close()
        outcome = _outcome(request, rows_fd, report_fd, votes_fd)
        output.flush()
        error_output.flush()
        write_message(report_fd, outcome)
        if is_last:
            break
    os._exit(0)  # threads and exit handlers of the author's code have no say in it


def _received(requests: socket.socket) -> tuple[RunRequest, int] | None:
    """Return the request and the rows file's descriptor; None where the server is gone."""
    _, descriptors, _, _ = socket.recv_fds(requests, 1, 1)
    request = read_message(requests.fileno(), RunRequest)
    return None if request is None else (request, descriptors[0])


def _outcome(request: RunRequest, rows_fd: int, report_fd: int, votes_fd: int) -> Finished | Failed:
    """Run the request and say how it ended; whatever is raised becomes a sentence."""
    try:
        run = _prepared(request, rows_fd, report_fd, votes_fd)
    except LabelwrightError as error:
        return failed(str(error), getattr(error, "line", None), None)
    except BaseException as error:  # noqa: BLE001 - imports and top-level code of the author
        line = failure_line(error)
        where = f" on line {line}" if line else ""
        raised = f"{error_name(error)}: {error_message(error)}"
        return failed(f"The function could not be prepared{where}: {raised}", line, None)
    write_message(report_fd, Compiled())
    gc.freeze()
    try:
        run()
    except (RunEndedError, FunctionError) as error:
        return failed(str(error), error.line, getattr(error, "row_id", None))
    except MemoryError:
        return failed(_too_much_memory(request, None), None, None)
    return Finished()


def _prepared(
    request: RunRequest, rows_fd: int, report_fd: int, votes_fd: int
) -> Callable[[], None]:
    """Map the files, set the limits of this run, and only then compile the function."""
    rows = RowsFile(rows_fd)
    os.close(rows_fd)
    votes = mmap.mmap(votes_fd, request.stop - request.start + 1)
    limit_run(request.memory_mb, request.run_seconds)
    function = LabelingFunction(request.name, request.kind, request.source)
    kind = KINDS[request.kind]

    def report(message: RowErrors | Timed) -> None:
        write_message(report_fd, message)

    if isinstance(kind, SetKind):
        return _set_run(kind, function, rows, request, votes, report).run
    if request.note_returns and isinstance(kind, PythonKind):
        notes = memoryview(mmap.mmap(votes_fd, 2 * len(votes)))[len(votes) :]
        vote = kind.compile_noting(function, notes)
    else:
        vote = kind.compile(function, rows.columns, request.classes)
    loop = _row_loop(kind, vote, function, rows, request, votes, report)
    return partial(_run, loop, rows, request)


def _set_run(
    kind: SetKind,
    function: LabelingFunction,
    rows: RowsFile,
    request: RunRequest,
    votes: mmap.mmap,
    report: Report,
) -> SetRun:
    table = rows.table()
    return SetRun(
        vote=kind.compile_set(
            function, table, request.memory_mb, range(request.start, request.stop)
        ),
        classes=request.classes,
        n_rows=table.num_rows,
        start=request.start,
        stop=request.stop,
        votes=votes,
        error_details=request.error_details,
        report=report,
    )


def _row_loop(
    kind: RowKind,
    vote: Vote,
    function: LabelingFunction,
    rows: RowsFile,
    request: RunRequest,
    votes: mmap.mmap,
    report: Report,
) -> RowLoop:
    use = kind.row_use(function, rows.columns)
    fast = fast_columns(rows.columns, use.columns)
    return RowLoop(
        vote=vote,
        column_vote=(
            kind.compile_columns(function, request.classes)
            if isinstance(kind, ColumnKind)
            else None
        ),
        row_type=row_class(rows.columns, fast, is_open=use.keeps_row),
        fast=fast,
        is_open=use.keeps_row,
        classes=request.classes,
        start=request.start,
        votes=votes,
        limits=LoopLimits(request.row_seconds, request.row_timeouts, request.error_details),
        report=report,
    )


def _run(loop: RowLoop, rows: RowsFile, request: RunRequest) -> None:
    """Vote on every row of the request."""
    loop.timer.start()
    try:
        most = COLUMN_CHUNK_ROWS if loop.column_vote else CHUNK_ROWS
        for chunk in rows.chunks(request.start, request.stop, most):
            loop.run(chunk)
            loop.report_errors()
    except MemoryError:
        loop.timer.paused = True
        row_id = loop.row_at_hand()
        raise RunEndedError(_too_much_memory(request, row_id), None, row_id) from None
    finally:
        loop.timer.stop()
        loop.report_errors()
        loop.report_times()


def _too_much_memory(request: RunRequest, row_id: int | None) -> str:
    return f"The run needed more than {request.memory_mb} MB of memory{place(row_id, None)}."
