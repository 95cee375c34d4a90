"""Runs the functions whose votes are not stored, beside whatever else happens to the project.

What is known of their runs is `labeling.known_runs`.

Runs go on in threads of their own, so that a slow function holds up nothing but itself: whoever
asks meanwhile gets the votes that are there.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from labeling.errors import Cancelled, LabelwrightError
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.inputs import Inputs
from labeling.known_runs import KnownRuns
from labeling.return_statistics import noting_returns
from labeling.runs import Job, RunResult
from labeling.snapshot import FunctionStatus
from labeling.store import Store
from labeling.votes import LabelMatrix

log = logging.getLogger(__name__)

OnProgress = Callable[[LabelingFunction, int, int], None]


@dataclass(eq=False)
class _Run:
    """A run that was asked for and has not ended."""

    function: LabelingFunction
    n_rows: int
    cancelled: threading.Event = field(default_factory=threading.Event)
    started: bool = False
    future: "Future[None] | None" = None


@dataclass(frozen=True)
class _Fault:
    """Why a version could not be run; one that `lasts` is not tried again by itself."""

    name: str
    why: str
    lasts: bool = False


class _UnsavedError(Exception):
    """The votes are there and cannot be stored; the next run would bring the same."""


class FunctionRuns:
    """Runs the functions that have to; `known` is what came of it.

    What changes is guarded by `lock`, which is never held while anything is run or stored.
    `on_finished` is called under it, in the run's own thread, once what the run brought is there.
    """

    def __init__(
        self,
        store: Store,
        executor: Executor,
        rows_file: Callable[[], Path],
        lock: threading.RLock,
        on_progress: OnProgress,
        on_finished: Callable[[], None],
        workers: int = 2,
    ) -> None:
        self._store = store
        self._executor = executor
        self._rows_file = rows_file
        self._lock = lock
        self.known = KnownRuns(store, lock)
        self._on_progress = on_progress
        self._on_finished = on_finished
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="function-run")
        self._under_way: dict[str, _Run] = {}
        self._faults: dict[str, _Fault] = {}

    @property
    def busy(self) -> bool:
        """Whether any run has not ended yet."""
        return bool(self._under_way)

    def force(self, name: str) -> None:
        """Run this function at the next `submit` although its votes are stored."""
        with self._lock:
            self.known.force(name)
            self._faults = {v: fault for v, fault in self._faults.items() if fault.name != name}

    def forget(self) -> None:
        """Drop all votes in memory, and runs under way: the meaning of votes changed."""
        self.cancel_all()
        with self._lock:
            self.known.forget()
            self._faults.clear()

    def try_again(self) -> None:
        """Let what could not be run or checked before be tried again, unless it never can be."""
        with self._lock:
            self.known.check_again()
            self._faults = {v: fault for v, fault in self._faults.items() if fault.lasts}

    def cancel_outdated(self) -> None:
        """Cancel runs of functions that were edited or removed meanwhile."""
        current = {function.version for function in self._store.functions()}
        self._cancel(lambda run: run.function.version not in current)

    def cancel_all(self) -> None:
        """Cancel every run."""
        self._cancel(lambda _run: True)

    def close(self) -> None:
        """Cancel every run and wait until they have ended."""
        self.cancel_all()
        self._pool.shutdown()

    def faults(self, inputs: Inputs) -> tuple[str, ...]:
        """Say which functions could not be run, and why."""
        with self._lock:
            return tuple(
                f"{function.name}: {self._faults[function.version].why}"
                for function in inputs.functions
                if function.version in self._faults
            )

    def status(self, function: LabelingFunction, inputs: Inputs) -> FunctionStatus:
        """Say where this function stands."""
        with self._lock:
            run = self._under_way.get(function.version)
            if run is not None:
                return "running" if run.started else "queued"
            record = self.known.current(function)
            if record is None:
                return "queued"
            if record.failure is not None:
                return "failed"
            if record.rows != inputs.n_rows:
                return "queued"
            return "ready" if inputs.may_label(record) else "errors"

    def never_asked_for(
        self, functions: Sequence[LabelingFunction]
    ) -> tuple[LabelingFunction, ...]:
        """Return the functions that a pass has not seen yet, and that will have to run."""
        with self._lock:
            unseen = [
                function
                for function in functions
                if function.version not in self._under_way
                and function.version not in self._faults
                and self.known.record(function) is None
            ]
        return tuple(one for one in unseen if self._store.run(one.version) is None)

    def pending(self, inputs: Inputs) -> bool:
        """Whether any function has still to run."""
        return any(
            self.status(function, inputs) in ("queued", "running")
            for function in inputs.functions
            if function.version not in self._faults
        )

    def matrices(self, inputs: Inputs) -> tuple[LabelMatrix, LabelMatrix]:
        """Return the votes of all complete runs, and those of them that make labels.

        A function that is about to run again keeps its earlier votes until then; one whose
        current version failed has none. Votes of a run with errors make no labels before somebody
        accepted it.
        """
        columns, labelling = {}, []
        with self._lock:
            for function in inputs.functions:
                known = self.known.votes(function.name)
                if known is None or self.status(function, inputs) == "failed":
                    continue
                votes, record = known
                if votes.shape == (inputs.n_rows,):
                    columns[function.name] = votes
                    if inputs.may_label(record):
                        labelling.append(function.name)
        matrix = LabelMatrix(columns, inputs.n_rows)
        return matrix, matrix if len(labelling) == len(columns) else matrix.select(labelling)

    def submit(self, inputs: Inputs) -> None:
        """Start to run what is stale and not under way; returns at once."""
        self.known.read(inputs)
        self._cancel(lambda run: run.n_rows != inputs.n_rows)
        stale = [f for f in inputs.functions if self._must_run(f, inputs)]
        if not stale or inputs.n_rows == 0:
            return
        rows_path = self._rows_file()
        with self._lock:
            for function in stale:
                run = self._under_way[function.version] = _Run(function, inputs.n_rows)
                start = self.known.first_row(function)
                job = Job(function, inputs.info.classes, rows_path, start, inputs.n_rows)
                run.future = self._pool.submit(self._run, run, noting_returns(job))
        # What was removed after `inputs` were read was not under way yet when that was said.
        self.cancel_outdated()

    def _must_run(self, function: LabelingFunction, inputs: Inputs) -> bool:
        with self._lock:
            known = function.version in self._under_way or function.version in self._faults
            return not known and self.status(function, inputs) == "queued"

    def _cancel(self, outdated: Callable[[_Run], bool]) -> None:
        with self._lock:
            for run in [run for run in self._under_way.values() if outdated(run)]:
                run.cancelled.set()
                if run.future is not None and run.future.cancel():
                    self._end(run)

    def _end(self, run: _Run) -> None:
        del self._under_way[run.function.version]
        self._on_finished()

    def _run(self, run: _Run, job: Job) -> None:
        """Run a job to its end and keep what came of it, or why nothing did."""
        run.started = True
        name, fault = run.function.name, None
        try:
            if not run.cancelled.is_set():
                result = self._executor.run(
                    job,
                    on_progress=lambda done, total: self._on_progress(run.function, done, total),
                    cancelled=run.cancelled,
                )
                self._keep(run, result)
        except Cancelled:
            pass
        except LabelwrightError as error:
            fault = _Fault(name, str(error))
        except _UnsavedError as error:
            log.exception("the run of %s was not saved", name)
            why = f"Its votes could not be saved ({error}); see the log, and run it again."
            fault = _Fault(name, why, lasts=True)
        except Exception as error:
            log.exception("the run of %s failed", name)
            why = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
            fault = _Fault(name, why)
        with self._lock:
            if fault is not None and not run.cancelled.is_set():
                self._faults[run.function.version] = fault
            self._end(run)

    def _keep(self, run: _Run, result: RunResult) -> None:
        if run.cancelled.is_set():  # its rows or classes are no longer the project's
            return
        self._save(result)
        self.known.keep(run.function, result, run.n_rows)

    def _save(self, result: RunResult) -> None:
        try:
            self._store.save_run(result)
        except LabelwrightError:  # such as a full disk, which may have space the next time
            raise
        except Exception as error:
            raise _UnsavedError(f"{type(error).__name__}: {error}") from error
