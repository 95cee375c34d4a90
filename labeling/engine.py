"""The background worker that keeps votes, statistics and labels fresh.

Whoever changes a project says `engine.changed()`. One thread then runs the functions whose votes
are not stored, recomputes statistics, refits the label model and publishes an immutable
`Snapshot` after each step. Readers take `engine.snapshot`, never a lock.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from labeling.analysis import project_summary
from labeling.errors import Cancelled, LabelwrightError
from labeling.evaluation import fit_labels
from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.models import DEFAULT_MODEL
from labeling.refresh import FunctionRuns, Inputs, read_inputs, statistics_of
from labeling.snapshot import FunctionState, RunProgress, Snapshot
from labeling.stability import check_stability
from labeling.store import ModelFit, Store
from labeling.votes import LabelMatrix

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 0.25
"""Progress is published at most this often."""


class Engine:
    """Owns a project's live state. `publish` is told each new snapshot version, on any thread."""

    def __init__(
        self,
        store: Store,
        executor: Executor,
        cache: Path,
        publish: Callable[[int], None] | None = None,
    ) -> None:
        self._store = store
        self._executor = executor
        self._checking = threading.Event()
        self._runs = FunctionRuns(store, executor, cache)
        self._publish_version = publish or (lambda version: None)
        self._lock = threading.RLock()
        self._state = threading.Condition(self._lock)
        self._asked = 0
        self._answered = 0
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._last_progress = 0.0
        inputs = read_inputs(store)
        # Versions start from the clock, so that they keep growing when the server restarts.
        self._snapshot = _empty_snapshot(int(time.time() * 1000), inputs)

    @property
    def snapshot(self) -> Snapshot:
        """The latest published snapshot."""
        return self._snapshot

    def start(self) -> None:
        """Start the background thread; a first pass runs at once."""
        with self._state:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="engine", daemon=True)
                self._asked += 1
                self._thread.start()

    def stop(self) -> None:
        """Cancel running functions and end the thread."""
        with self._state:
            self._stopping = True
            self._state.notify_all()
        self._checking.set()
        self._runs.cancel_all()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def changed(self) -> None:
        """Say that the store changed; returns at once."""
        with self._state:
            self._asked += 1
            self._state.notify_all()
        self._checking.set()
        self._runs.cancel_outdated()

    def run_again(self, name: str) -> None:
        """Run one function anew although its votes are stored."""
        self._runs.force(name)
        self.changed()

    def forget_votes(self) -> None:
        """Drop votes in memory after the stored runs were forgotten."""
        self._runs.forget()
        self.changed()

    def rows_file(self) -> Path:
        """Return the Arrow file of all rows that workers map."""
        return self._runs.rows_file()

    def wait_idle(self, timeout: float = 60.0) -> Snapshot:
        """Wait until everything asked for so far is done, and return the snapshot."""
        with self._state:
            target = self._asked
            if not self._state.wait_for(lambda: self._answered >= target, timeout):
                raise LabelwrightError(
                    f"The project is still being computed after {timeout:g} seconds.",
                    remedy="Wait for the running functions, or cancel them.",
                )
            return self._snapshot

    def refresh(self) -> Snapshot:
        """Bring everything up to date in the calling thread, and return the snapshot."""
        inputs = read_inputs(self._store)
        self._publish_inputs(inputs, problems=())
        failures = self._runs.bring_up_to_date(
            inputs, on_progress=self._on_progress, on_result=lambda: self._publish_inputs(inputs)
        )
        self._publish_inputs(inputs, problems=failures)
        self._fit(inputs)
        return self._snapshot

    def _loop(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._stopping or self._asked > self._answered)
                if self._stopping:
                    return
                target = self._asked
            try:
                self.refresh()
            except LabelwrightError as error:
                self._publish(phase="idle", progress=None, problems=(str(error),))
            except Exception as error:
                log.exception("the engine failed")
                problem = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
                self._publish(phase="idle", progress=None, problems=(problem,))
            with self._state:
                self._answered = target
                self._state.notify_all()

            self._check_while_idle()

    def _check_while_idle(self) -> None:
        """Run functions a second time as long as there is nothing else to do."""
        while True:
            cancelled = self._checking = threading.Event()
            with self._state:
                if self._stopping or self._asked > self._answered:
                    return
            try:
                if not self.check_next(cancelled):
                    return
            except Cancelled:
                return
            except LabelwrightError as error:
                self._publish(problems=(f"Votes could not be checked: {error}",))
                return

    def check_next(self, cancelled: threading.Event | None = None) -> bool:
        """Check whether one more function votes the same again; False where all are checked."""
        snapshot = self._snapshot
        unchecked = (state for state in snapshot.functions if _can_be_checked(state))
        state = next(unchecked, None)
        if state is None:
            return False
        function = state.function
        votes = snapshot.matrix.column(function.name)
        check = check_stability(
            function, votes, snapshot.classes, self.rows_file(), self._executor, cancelled
        )
        self._runs.keep_check(function, check)
        self._publish(
            functions=tuple(
                replace(one, stability=check) if one.function == function else one
                for one in self._snapshot.functions
            )
        )
        return True

    def _publish(self, **changes: object) -> None:
        with self._lock:
            self._snapshot = self._snapshot.at(self._snapshot.version + 1, **changes)
            version = self._snapshot.version
        self._publish_version(version)

    def _on_progress(self, function: LabelingFunction, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last_progress >= PROGRESS_SECONDS:
            self._last_progress = now
            self._publish(progress=RunProgress(function.name, done, total))

    def _publish_inputs(self, inputs: Inputs, **changes: object) -> None:
        """Publish statistics of the votes at hand; the posterior stays until the next fit."""
        before = self._snapshot
        same_rows = before.n_rows == inputs.n_rows and before.classes == inputs.info.classes
        self._publish(
            phase="running" if self._runs.pending(inputs) else "fitting",
            progress=None,
            classes=inputs.info.classes,
            dev_gold=inputs.dev_gold,
            annotated=inputs.annotated,
            is_test=inputs.is_test,
            posterior=before.posterior if same_rows else None,
            model=before.model if same_rows else None,
            **statistics_of(inputs, self._runs, before),
            **changes,
        )

    def _fit(self, inputs: Inputs) -> None:
        matrix = self._snapshot.model_matrix
        if not matrix.names:
            self._publish(phase="idle", posterior=None, model=None)
            return
        model, seed = model_choice(self._store)
        fitted = fit_labels(matrix.votes, inputs.dev_gold, len(inputs.info.classes), model, seed)
        estimated = dict(zip(matrix.names, fitted.estimated_accuracies, strict=True))
        states = tuple(
            replace(state, estimated_accuracy=estimated.get(state.function.name))
            for state in self._snapshot.functions
        )
        self._publish(
            phase="idle", functions=states, posterior=fitted.posterior, model=fitted.report
        )
        self._record_fit(states)

    def _record_fit(self, states: tuple[FunctionState, ...]) -> None:
        """Keep one line of history for each different set of functions, gold and model."""
        snapshot = self._snapshot
        report = snapshot.model
        if report is None:
            return
        in_model = [state for state in states if state.function.name in snapshot.model_matrix.names]
        gold_rows = int((snapshot.dev_gold >= 0).sum())
        versions = tuple(state.function.version for state in in_model)
        identity = (report.model, report.seed, versions, gold_rows, snapshot.n_rows)
        if any(identity == _identity(fit) for fit in self._store.fits(1)):
            return
        metrics = {
            "rows": float(snapshot.n_rows),
            "coverage": float(snapshot.model_matrix.covered.mean()) if snapshot.n_rows else 0.0,
            "conflicts": snapshot.summary.conflict_rows / max(snapshot.n_rows, 1),
        }
        if report.accuracy is not None and report.majority_accuracy is not None:
            metrics |= {
                "accuracy": report.accuracy,
                "majority_accuracy": report.majority_accuracy,
                "evaluated": float(report.evaluated),
            }
        self._store.save_fit(
            ModelFit(
                fit_id=None,
                model=report.model,
                seed=report.seed,
                functions=tuple(state.function.name for state in in_model),
                versions=versions,
                gold_rows=gold_rows,
                metrics=metrics,
                at=_now(),
            )
        )


def _can_be_checked(state: FunctionState) -> bool:
    ran = state.status in ("ready", "errors") and state.statistics is not None
    return ran and state.function.kind == "python" and state.stability is None


def _identity(fit: ModelFit) -> tuple[object, ...]:
    """Return what a fit depends on; two fits with the same are the same."""
    return (fit.model, fit.seed, fit.versions, fit.gold_rows, int(fit.metrics["rows"]))


def _now() -> datetime:
    return datetime.now(UTC)


def _empty_snapshot(version: int, inputs: Inputs) -> Snapshot:
    """The picture before the first pass: all rows, no votes."""
    matrix = LabelMatrix({}, inputs.n_rows)
    return Snapshot(
        version=version,
        phase="starting",
        classes=inputs.info.classes,
        matrix=matrix,
        model_matrix=matrix,
        dev_gold=inputs.dev_gold,
        annotated=inputs.annotated,
        is_test=inputs.is_test,
        summary=project_summary(matrix, inputs.dev_gold, len(inputs.info.classes)),
    )


def model_choice(store: Store) -> tuple[str, int]:
    """Return the project's label model and seed."""
    return store.setting("model") or DEFAULT_MODEL, int(store.setting("seed") or 0)
