"""One pass over what is stale: which functions must run, their votes, and the statistics."""

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics, function_statistics, project_summary
from labeling.errors import Cancelled, LabelwrightError
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.kinds import votes_row_by_row
from labeling.runs import Job, RunResult, StabilityCheck
from labeling.snapshot import FunctionState, FunctionStatus, Snapshot
from labeling.store import Acceptance, ProjectInfo, RunRecord, Store
from labeling.votes import LabelMatrix, Votes

OnProgress = Callable[[LabelingFunction, int, int], None]


@dataclass(frozen=True, eq=False)
class Inputs:
    """What a pass starts from, read once.

    `dev_gold` int8 (n,) with -1 where unknown, `annotated` bool (n,), `is_test` bool (n,).
    """

    info: ProjectInfo
    n_rows: int
    functions: tuple[LabelingFunction, ...]
    dev_gold: npt.NDArray[np.int8]
    annotated: npt.NDArray[np.bool_]
    is_test: npt.NDArray[np.bool_]
    acceptances: Mapping[str, Acceptance]


def read_inputs(store: Store) -> Inputs:
    """Read the project's functions and gold; test gold is left out here, once and for all."""
    n_rows = store.row_count()
    gold = store.gold()
    dev_gold = np.full(n_rows, -1, dtype=np.int8)
    dev_gold[gold.row_ids[~gold.is_test]] = gold.codes[~gold.is_test]
    annotated = np.zeros(n_rows, dtype=np.bool_)
    annotated[gold.row_ids[gold.annotated]] = True
    is_test = np.zeros(n_rows, dtype=np.bool_)
    is_test[store.test_rows()] = True
    return Inputs(
        info=store.info(),
        n_rows=n_rows,
        functions=store.functions(),
        dev_gold=dev_gold,
        annotated=annotated,
        is_test=is_test,
        acceptances=store.acceptances(),
    )


@dataclass(frozen=True, eq=False)
class _Column:
    """The votes of the last complete run under one function name."""

    version: str
    votes: Votes


class FunctionRuns:
    """Knows which functions ran, runs the others, and keeps the latest votes in memory."""

    def __init__(self, store: Store, executor: Executor, cache: Path, workers: int = 2) -> None:
        self._store = store
        self._executor = executor
        self._cache = cache
        self._workers = workers
        self._columns: dict[str, _Column] = {}
        self._records: dict[str, RunRecord] = {}
        self._checks: dict[str, StabilityCheck] = {}
        self._forced: set[str] = set()
        self._running: dict[str, tuple[LabelingFunction, threading.Event]] = {}
        self._lock = threading.Lock()

    def force(self, name: str) -> None:
        """Run this function at the next pass although its votes are stored."""
        with self._lock:
            self._forced.add(name)

    def forget(self) -> None:
        """Drop all votes in memory: the meaning of votes changed."""
        self._columns.clear()
        self._records.clear()
        self._checks.clear()

    def cancel_outdated(self) -> None:
        """Cancel running functions that were edited or removed meanwhile."""
        current = {function.version for function in self._store.functions()}
        with self._lock:
            for function, cancelled in self._running.values():
                if function.version not in current:
                    cancelled.set()

    def cancel_all(self) -> None:
        """Cancel every running function."""
        with self._lock:
            for _, cancelled in self._running.values():
                cancelled.set()

    def record(self, function: LabelingFunction) -> RunRecord | None:
        """Return the stored run of this version, None where it has not run."""
        return self._records.get(function.version)

    def stability(self, function: LabelingFunction) -> StabilityCheck | None:
        """Return whether this version votes the same again, None where that was not checked."""
        return self._checks.get(function.version)

    def keep_check(self, function: LabelingFunction, check: StabilityCheck) -> None:
        """Store whether this version votes the same again."""
        self._store.save_stability_check(function.version, check)
        self._checks[function.version] = check

    def column_version(self, name: str) -> str | None:
        """Return the version whose votes are in memory under this name."""
        column = self._columns.get(name)
        return column.version if column else None

    def status(self, function: LabelingFunction, inputs: Inputs) -> FunctionStatus:
        """Say where this function stands."""
        if function.version in self._running:
            return "running"
        record = self._records.get(function.version)
        if record is None or function.name in self._forced:
            return "queued"
        if record.failure is not None:
            return "failed"
        if record.rows != inputs.n_rows:
            return "queued"
        return "ready" if _may_label(record, inputs) else "errors"

    def pending(self, inputs: Inputs) -> bool:
        """Whether any function has still to run."""
        return any(
            self.status(function, inputs) in ("queued", "running") for function in inputs.functions
        )

    def matrix(self, inputs: Inputs) -> LabelMatrix:
        """Return the votes of all complete runs, in the functions' order.

        A function that is about to run again keeps its earlier votes until then; one whose
        current version failed has none.
        """
        columns = {}
        for function in inputs.functions:
            column = self._columns.get(function.name)
            failed = self.status(function, inputs) == "failed"
            if column and not failed and column.votes.shape == (inputs.n_rows,):
                columns[function.name] = column.votes
        return LabelMatrix(columns, inputs.n_rows)

    def model_matrix(self, inputs: Inputs, matrix: LabelMatrix) -> LabelMatrix:
        """Return the part of `matrix` that makes labels: without errors that nobody accepted."""
        names = [
            name
            for name in matrix.names
            if _may_label(self._records[self._columns[name].version], inputs)
        ]
        return matrix if len(names) == len(matrix.names) else matrix.select(names)

    def bring_up_to_date(
        self, inputs: Inputs, on_progress: OnProgress, on_result: Callable[[], None]
    ) -> tuple[str, ...]:
        """Run what is stale, save each result, and return what could not be run and why."""
        self._read_records(inputs)
        stale = [f for f in inputs.functions if self.status(f, inputs) == "queued"]
        if not stale or inputs.n_rows == 0:
            return ()
        rows_path = self._rows_file(inputs.n_rows)
        failures: list[str] = []
        with ThreadPoolExecutor(self._workers, thread_name_prefix="function-run") as pool:
            futures: dict[Future[RunResult], LabelingFunction] = {
                pool.submit(self._run, function, inputs, rows_path, on_progress): function
                for function in stale
            }
            for future in as_completed(futures):
                function = futures[future]
                try:
                    self._keep(function, future.result(), inputs)
                except Cancelled:
                    continue
                except LabelwrightError as error:
                    failures.append(f"{function.name}: {error}")
                on_result()
        return tuple(failures)

    def _read_records(self, inputs: Inputs) -> None:
        """Load stored runs that this process has not seen yet."""
        self._checks = self._store.stability_checks()
        for function in inputs.functions:
            record = self._records.get(function.version) or self._store.run(function.version)
            if record is None:
                continue
            self._records[function.version] = record
            complete = record.failure is None and record.rows == inputs.n_rows
            if complete and self.column_version(function.name) != function.version:
                votes = self._store.votes(function.version)
                self._columns[function.name] = _Column(function.version, votes)

    def _rows_file(self, n_rows: int) -> Path:
        """Return the Arrow file that workers map; rows are only ever added, so n names it."""
        path = self._cache / f"rows-{n_rows}.arrow"
        if not path.exists():
            self._cache.mkdir(parents=True, exist_ok=True)
            for outdated in self._cache.glob("rows-*.arrow"):
                outdated.unlink()
            self._store.write_arrow(path)
        return path

    def rows_file(self) -> Path:
        """Return the Arrow file of all rows, written if it is not there."""
        return self._rows_file(self._store.row_count())

    def _run(
        self, function: LabelingFunction, inputs: Inputs, rows_path: Path, on_progress: OnProgress
    ) -> RunResult:
        cancelled = threading.Event()
        with self._lock:
            self._running[function.version] = (function, cancelled)
        try:
            return self._executor.run(
                Job(
                    function=function,
                    classes=inputs.info.classes,
                    rows_path=rows_path,
                    start=self._first_row(function),
                    stop=inputs.n_rows,
                ),
                on_progress=lambda done, total: on_progress(function, done, total),
                cancelled=cancelled,
            )
        finally:
            with self._lock:
                self._running.pop(function.version, None)

    def _first_row(self, function: LabelingFunction) -> int:
        """Rows that a complete run of this very version has seen need not run again.

        Unless it is asked about all rows at once: what it says of one may depend on a new one.
        """
        if not votes_row_by_row(function.kind):
            return 0
        record = self._records.get(function.version)
        if record is None or record.failure is not None or function.name in self._forced:
            return 0
        return record.rows

    def _keep(self, function: LabelingFunction, result: RunResult, inputs: Inputs) -> None:
        self._store.save_run(result)
        if result.start == 0:
            self._checks.pop(function.version, None)
        with self._lock:
            self._forced.discard(function.name)
        record = self._store.run(function.version)
        if record is None:
            raise LabelwrightError(f"The run of {function.name} was not stored.")
        self._records[function.version] = record
        if record.failure is None and record.rows == inputs.n_rows:
            votes = result.votes if result.start == 0 else self._store.votes(function.version)
            self._columns[function.name] = _Column(function.version, votes)


def _may_label(record: RunRecord, inputs: Inputs) -> bool:
    return record.error_count == 0 or record.version in inputs.acceptances


def statistics_of(inputs: Inputs, runs: FunctionRuns, before: Snapshot) -> dict[str, Any]:
    """Return the snapshot fields that follow from the votes at hand."""
    matrix = runs.matrix(inputs)
    model_matrix = runs.model_matrix(inputs, matrix)
    n_classes = len(inputs.info.classes)
    statistics: dict[str, FunctionStatistics] = {
        entry.name: entry for entry in function_statistics(matrix, inputs.dev_gold, n_classes)
    }
    estimated = {state.function.name: state.estimated_accuracy for state in before.functions}
    states = tuple(
        FunctionState(
            function=function,
            status=runs.status(function, inputs),
            run=runs.record(function),
            statistics=statistics.get(function.name),
            estimated_accuracy=(
                estimated.get(function.name) if function.name in model_matrix.names else None
            ),
            acceptance=inputs.acceptances.get(function.version),
            stability=runs.stability(function),
        )
        for function in inputs.functions
    )
    return {
        "matrix": matrix,
        "model_matrix": model_matrix,
        "functions": states,
        "summary": project_summary(model_matrix, inputs.dev_gold, n_classes),
    }
