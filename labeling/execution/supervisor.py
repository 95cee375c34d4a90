"""Watches one worker through one run, from outside: whatever it does, there is a result."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from labeling.errors import Cancelled, WorkerError
from labeling.execution.autopsy import ending, place, traced_line
from labeling.execution.process import WorkerProcess
from labeling.execution.protocol import (
    MAX_FAILURE,
    MAX_NAME,
    MAX_TEXT,
    Compiled,
    Failed,
    Finished,
    Message,
    MessageReader,
    ProtocolError,
    RowErrors,
    RunRequest,
    Timed,
)
from labeling.execution.readable import readable
from labeling.execution.row_times import KEPT_SLOW_ROWS
from labeling.execution.votes_file import VotesFile
from labeling.kinds import runs_no_code, votes_row_by_row
from labeling.runs import ERROR, NOT_RUN, Job, RowError, RowTimes, RunResult
from labeling.votes import Votes

COMPILE_SECONDS = 60.0
"""How long imports and top-level code of a function may take."""
GRACE_SECONDS = 2.5
"""How much longer than its own limit a row may take before the process is killed."""
OUTPUT_BYTES = 8 * 1024 * 1024
"""A function that prints more than this is killed."""
LONGEST_SECONDS = 1e6
"""No row is timed longer than this, and NaN is not shorter."""
POLL_SECONDS = 0.02
TRACE_SECONDS = 0.3
READ_BYTES = 65_536

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class _End:
    """How the run ended: without a failure, or why."""

    failure: str | None = None
    line: int | None = None
    row_id: int | None = None


@dataclass
class _Output:
    """What the function printed: the beginning of it, and how much there was."""

    limit: int
    kept: bytearray = field(default_factory=bytearray)
    total: int = 0
    ended: bool = False

    def add(self, printed: bytes) -> None:
        self.kept += printed[: max(self.limit - len(self.kept), 0)]
        self.total += len(printed)
        self.ended = not printed

    def text(self) -> str:
        text = self.kept.decode("utf-8", errors="replace")
        if self.total > len(self.kept):
            text += f"\n... cut after {len(self.kept):,} of {self.total:,} bytes"
        return text


class Supervisor:
    """One run in one worker process, which is used up by it where it is one of code."""

    def __init__(self, worker: WorkerProcess, job: Job) -> None:
        self._worker = worker
        self._job = job
        self._rows = job.stop - job.start
        self._lines = _line_count(job.function.source)
        self._row_by_row = votes_row_by_row(job.function.kind)
        self._reader = MessageReader()
        self._output = _Output(job.limits.output_kb * 1024)
        self._errors: dict[int, RowError] = {}
        self._times: RowTimes | None = None
        self._compiled = False
        self._began = self._moved = time.monotonic()
        self._done = 0

    def run(self, on_progress: OnProgress | None, cancelled: threading.Event | None) -> RunResult:
        """Run the job in a ready worker. Raises Cancelled, and WorkerError on a full disk."""
        job = self._job
        try:
            self._votes = VotesFile(self._worker.votes, self._rows, notes=job.note_returns)
        except OSError as error:
            raise WorkerError(
                f"The votes of {self._rows:,} rows cannot be kept: {error}.",
                remedy="Free space in the folder for temporary files.",
            ) from error
        self._send_request()
        told = 0
        while (end := self._checked_step()) is None:
            if cancelled is not None and cancelled.is_set():
                raise Cancelled(f"The run of {self._job.function.name} was cancelled.")
            if on_progress is not None and self._done > told:
                told = self._done
                on_progress(told, self._rows)
        return self._result(end)

    def _checked_step(self) -> _End | None:
        try:
            return self._step()
        except OSError as error:
            return _unreadable(error)

    def _step(self) -> _End | None:
        """Wait a moment for the worker, take what it sent, and say whether the run is over."""
        sources = [self._worker.reports]
        if not self._output.ended:
            sources.append(self._worker.output)
        ready = readable(sources, POLL_SECONDS)
        if self._worker.output in ready:
            self._take_output()
        if self._worker.reports in ready:
            received = os.read(self._worker.reports, READ_BYTES)
            if not received:
                return self._vanished()
            try:
                for message in self._reader.feed(received):
                    if (end := self._take(message)) is not None:
                        return end
            except ProtocolError as error:
                return self._broken(error)
        self._note_progress()
        return self._over_limit()

    def _take(self, message: Message) -> _End | None:
        match message:
            case Compiled() if not self._compiled:
                self._compiled = True
                self._moved = time.monotonic()
            case RowErrors(errors) if self._compiled:
                self._take_errors(errors)
            case Timed(times) if self._compiled and self._times is None:
                self._take_times(times)
            case Finished() if self._compiled:
                return _End()
            case Failed(what, line, row_id):
                self._check_failure(what, line, row_id)
                return _End(what, line, row_id)
            case _:
                raise ProtocolError(f"{type(message).__name__} came out of turn")
        return None

    def _send_request(self) -> None:
        function, limits = self._job.function, self._job.limits
        self._began = self._moved = time.monotonic()
        request = RunRequest(
            name=function.name,
            kind=function.kind,
            source=function.source,
            classes=self._job.classes,
            start=self._job.start,
            stop=self._job.stop,
            row_seconds=float(limits.row_seconds),
            run_seconds=float(limits.run_seconds),
            memory_mb=limits.memory_mb,
            error_details=limits.error_details,
            row_timeouts=limits.row_timeouts,
            note_returns=self._job.note_returns,
        )
        with self._job.rows_path.open("rb") as rows:
            self._worker.send(request, rows)

    def _take_errors(self, errors: tuple[RowError, ...]) -> None:
        if len(self._errors) + len(errors) > self._job.limits.error_details:
            raise ProtocolError("more errors were reported than asked for")
        for error in errors:
            self._check_row(error.row_id)
            self._check_line(error.line)
            if error.row_id in self._errors:
                raise ProtocolError(f"two errors were reported of row {error.row_id}")
            if len(error.error) > MAX_NAME or len(error.message) > MAX_TEXT:
                raise ProtocolError(f"too long a text was reported of row {error.row_id}")
            self._errors[error.row_id] = error

    def _check_failure(self, what: str, line: int | None, row_id: int | None) -> None:
        self._check_row(row_id)
        self._check_line(line)
        if len(what) > MAX_FAILURE:
            raise ProtocolError("too long a text was reported as the reason of its end")

    def _take_times(self, times: RowTimes) -> None:
        seconds = [times.p50, times.p95, *(row.seconds for row in times.slowest)]
        if times.timed > self._rows:
            raise ProtocolError(f"{times.timed} rows were timed of {self._rows}")
        if times.timed < 1 or not all(0 <= value <= LONGEST_SECONDS for value in seconds):
            raise ProtocolError("times were reported that no row can take")
        if len(times.slowest) > KEPT_SLOW_ROWS:
            raise ProtocolError("more slow rows were reported than asked for")
        for row in times.slowest:
            self._check_row(row.row_id)
        self._times = times

    def _check_row(self, row_id: int | None) -> None:
        if row_id is not None and not self._job.start <= row_id < self._job.stop:
            raise ProtocolError(f"something was reported of row {row_id}")

    def _check_line(self, line: int | None) -> None:
        if line is not None and not 1 <= line <= self._lines:
            raise ProtocolError(f"something was reported of line {line}")

    def _traced_line(self) -> int | None:
        """Return the line that the worker was at, as far as it wrote one down that exists."""
        line = traced_line(self._worker.trace)
        return line if line is not None and 1 <= line <= self._lines else None

    def _take_output(self) -> int:
        printed = os.read(self._worker.output, READ_BYTES)
        self._output.add(printed)
        return len(printed)

    def _note_progress(self) -> None:
        done = self._votes.rows_done()
        if done > self._done:
            self._done, self._moved = done, time.monotonic()

    def _over_limit(self) -> _End | None:
        """Say which limit the run has passed, if any."""
        now, limits = time.monotonic(), self._job.limits
        if self._output.total > OUTPUT_BYTES:
            return self._stopped(f"The function printed more than {OUTPUT_BYTES >> 20} MB")
        if now - self._began > limits.run_seconds:
            return self._stopped(f"The run took longer than {limits.run_seconds:g} s")
        if not self._compiled:
            if now - self._began > COMPILE_SECONDS:
                return self._stopped(f"Imports and top-level code took over {COMPILE_SECONDS:g} s")
        elif self._row_by_row and now - self._moved > limits.row_seconds + GRACE_SECONDS:
            return self._stopped(f"The function took longer than {limits.row_seconds:g} s")
        return None

    def _stopped(self, why: str) -> _End:
        """End a run that passed a limit; the worker is asked where it is before it is killed."""
        self._worker.interrupt()
        deadline = time.monotonic() + TRACE_SECONDS
        while (line := self._traced_line()) is None and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
        row_id = self._row_at_hand()
        return _End(f"{why} and was stopped{place(row_id, line)}.", line, row_id)

    def _vanished(self) -> _End:
        """End a run whose worker is gone."""
        exit_code = self._worker.exit_code(timeout=1.0)
        line = self._traced_line()
        row_id = self._row_at_hand()
        what = f"The function {ending(exit_code)}{place(row_id, line)}"
        return _End(what + ("." if self._compiled else " while it was prepared."), line, row_id)

    def _broken(self, error: ProtocolError) -> _End:
        row_id = self._row_at_hand()
        return _End(
            f"The function wrote into the connection to Labelwright, or its process is broken: "
            f"{error}{place(row_id, None)}.",
            row_id=row_id,
        )

    def _row_at_hand(self) -> int | None:
        """Return the row being run; None before the first, after the last, and for a set kind."""
        if not self._row_by_row:
            return None
        done = self._votes.rows_done()
        return self._job.start + done if self._compiled and done < self._rows else None

    def _drain_output(self) -> None:
        """Take what is left in the pipe, without waiting for whoever else holds it."""
        try:
            while self._output.total <= OUTPUT_BYTES and self._take_output():
                pass
        except BlockingIOError:
            return

    def _no_votes(self) -> Votes:
        return np.full(self._rows, NOT_RUN, dtype=np.int8)

    def _result(self, end: _End) -> RunResult:
        """Read the votes of the dead process, and believe nothing it said that they deny.

        A process that ran no code of the author, to the end, may live on.
        """
        seconds = time.monotonic() - self._began
        if end.failure is not None or not runs_no_code(self._job.function.kind):
            self._worker.kill()
        self._drain_output()
        job = self._job
        returns = None
        try:
            votes = self._votes.read(len(job.classes))
            if job.note_returns:
                returns = self._votes.read_notes()
        except ProtocolError as error:
            votes, end = self._no_votes(), self._broken(error)
        except OSError as error:
            votes, end = self._no_votes(), _unreadable(error)
        if end.failure is None and (votes == NOT_RUN).any():
            end = self._broken(ProtocolError("it said that it finished, but rows are missing"))
        is_error = votes == ERROR
        return RunResult(
            version=job.function.version,
            start=job.start,
            stop=job.stop,
            votes=votes,
            errors=tuple(e for e in self._errors.values() if is_error[e.row_id - job.start]),
            error_count=int(is_error.sum()),
            stdout=self._output.text(),
            seconds=seconds,
            failure=end.failure,
            failure_line=end.line,
            failure_row=end.row_id,
            times=self._times,
            returns=returns,
        )


def _line_count(source: str) -> int:
    """Return the last line that an error can be on, at most: the one after the end included."""
    return source.count("\n") + source.count("\r") + 2


def _unreadable(error: OSError) -> _End:
    return _End(
        f"The votes of the run could not be read: {error.strerror}. Check the folder for temporary "
        "files, and run the function again."
    )
