"""The background worker that keeps votes, statistics and labels fresh.

Whoever changes a project says `engine.changed()`. One thread then starts the functions whose votes
are not stored, recomputes statistics from the votes at hand, refits the label model, judges it and
publishes an immutable `Snapshot` after each step; it does so again whenever a run has ended. So a
slow function delays nothing but its own votes. Readers take `engine.snapshot`, never a lock.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from labeling.analysis import project_summary
from labeling.announcements import Announcements
from labeling.end_labels import EndModelState
from labeling.errors import Cancelled, LabelwrightError
from labeling.evaluation import FirstLabels, FittedLabels
from labeling.execution import Executor
from labeling.fit_history import record_fit
from labeling.fitting import FitInputs, Fitting
from labeling.function_runs import FunctionRuns
from labeling.functions import LabelingFunction
from labeling.inputs import Inputs, read_inputs
from labeling.live_statistics import statistics_of
from labeling.models import DEFAULT_MODEL
from labeling.models.running import RunningVotes
from labeling.same_figures import same_figures, same_states
from labeling.snapshot import FunctionState, RunProgress, Snapshot
from labeling.stability import check_stability
from labeling.store import Store
from labeling.votes import LabelMatrix
from labeling.waiting import states_with_waiting

log = logging.getLogger(__name__)

Array = TypeVar("Array", bound="npt.NDArray[Any] | None")

PROGRESS_SECONDS = 0.25
"""Progress is published at most this often."""

REST = 2.0
"""While nothing but labels comes, the engine rests so many times as long as its last pass took."""


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
        self._announcements = Announcements(publish or (lambda version: None))
        self._lock = threading.RLock()
        self._state = threading.Condition(self._lock)
        self._runs = FunctionRuns(
            store, executor, cache, self._lock, self._on_progress, on_finished=self._ask
        )
        self._fitting = Fitting()
        self._asked = self._answered = self._answering_for = 0
        self._hurried_for = 0
        self._rests_until = 0.0
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
        """Cancel running functions and end all threads."""
        with self._state:
            self._stopping = True
            self._state.notify_all()
        self._checking.set()
        self._runs.cancel_all()
        if self._thread is not None:
            self._thread.join(timeout=30)
        self._runs.close()
        self._announcements.close()

    def changed(self) -> None:
        """Say that the store changed; returns at once."""
        self._runs.try_again()
        self._ask()
        self._runs.cancel_outdated()
        self._show_waiting()

    def labelled(self) -> None:
        """Say that people labelled rows; returns at once.

        The next pass follows when the engine has rested, so that a team whose labels keep coming
        has the processor for its pages.
        """
        self._runs.try_again()
        self._ask(hurry=False)

    def run_again(self, name: str) -> None:
        """Run one function anew although its votes are stored."""
        self._runs.force(name)
        self.changed()

    def forget_votes(self) -> None:
        """Drop votes in memory after the stored runs were forgotten."""
        self._runs.forget()
        self.changed()

    def show_end_model(self, state: EndModelState) -> None:
        """Publish the end model beside the votes and labels at hand."""
        self._publish(end_model=state)

    def announce(self) -> None:
        """Publish the snapshot anew: something beside it is known by now."""
        self._publish(soon=True)

    def counted_votes(self) -> RunningVotes | None:
        """Return a copy of the votes behind the labels, None before the first fit."""
        return self._fitting.counted_votes()

    def rows_file(self) -> Path:
        """Return the Arrow file of all rows that workers map."""
        return self._runs.rows_file()

    def wait_idle(self, timeout: float = 60.0) -> Snapshot:
        """Wait until everything asked for so far is done, and return the snapshot."""
        with self._state:
            if not self._state.wait_for(self._is_idle, timeout):
                raise LabelwrightError(
                    f"The project is still being computed after {timeout:g} seconds.",
                    remedy="Wait for the running functions, or cancel them.",
                )
            return self._snapshot

    def settled(self, timeout: float = 60.0) -> Snapshot:
        """Return the snapshot once its labels are judged; functions that still run have no say.

        Without the background thread that is the snapshot as it stands.
        """
        with self._state:
            asked = self._asked

            def is_settled() -> bool:
                judged = not self._snapshot.is_pending and self._answered >= asked
                return self._thread is None or judged or self._is_idle()

            self._state.wait_for(is_settled, timeout)
            if self._snapshot.is_pending:
                raise LabelwrightError(
                    "It is not known yet how good the labels are.",
                    remedy="Wait until Studio says Up to date, or mend the problem it names.",
                )
            return self._snapshot

    def refresh(self) -> Snapshot:
        """Bring everything up to date in the calling thread, and return the snapshot."""
        self._runs.try_again()
        self._ask()
        while not self._is_idle():
            with self._answering():
                self._pass()
        return self._snapshot

    def _loop(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._stopping or self._asked > self._answered)
                self._rest()
                if self._stopping:
                    return
            started = time.monotonic()
            with self._answering():
                try:
                    self._pass()
                except LabelwrightError as error:
                    self._publish(phase="idle", progress=None, problems=(str(error),))
                except Exception as error:
                    log.exception("the engine failed")
                    problem = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
                    self._publish(phase="idle", progress=None, problems=(problem,))
            self._rests_until = time.monotonic() + REST * (time.monotonic() - started)
            self._settle_while_idle()
            self._check_while_idle()

    def _rest(self) -> None:
        """Wait until the rest is over or somebody is in a hurry; called with the state held."""
        self._state.wait_for(
            lambda: self._stopping or self._hurried_for > self._answered,
            timeout=max(0.0, self._rests_until - time.monotonic()),
        )

    def _ask(self, *, hurry: bool = True) -> None:
        """Note that a pass is due; without hurry it follows a rest."""
        with self._state:
            self._asked += 1
            if hurry:
                self._hurried_for = self._asked
            self._checking.set()
            self._state.notify_all()

    def _is_idle(self) -> bool:
        """Whether everything asked for is done."""
        with self._state:
            return self._answered >= self._asked and not self._runs.busy

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Wait until a pass is due; what was asked for before the block is answered after it."""
        with self._state:
            self._state.wait_for(lambda: self._asked > self._answered)
            target = self._answering_for = self._asked
        yield
        with self._state:
            self._answered = target
            self._state.notify_all()

    def _pass(self) -> None:
        """Start what is stale, and publish what follows from the votes that are there."""
        inputs = read_inputs(self._store)
        self._runs.submit(inputs)
        self._publish_inputs(inputs)
        self._fit(inputs)

    def _settle_while_idle(self) -> None:
        """Make the next fit faster; where that fails, it is only as fast as this one."""
        if self._is_idle():
            try:
                self._fitting.settle()
            except Exception:
                log.exception("the votes could not be laid out anew")

    def _check_while_idle(self) -> None:
        """Run functions a second time as long as there is nothing else to do."""
        while True:
            cancelled = self._checking = threading.Event()
            if self._stopping or not self._is_idle():
                return
            function = self._next_to_check()
            if function is None:
                return
            try:
                self._check_or_say_why_not(function, cancelled)
            except Cancelled:
                return

    def check_next(self) -> bool:
        """Check whether one more function votes the same again; False where all are checked.

        One that cannot be checked has the reason in its state.
        """
        function = self._next_to_check()
        if function is None:
            return False
        self._check_or_say_why_not(function)
        return True

    def _next_to_check(self) -> LabelingFunction | None:
        """Return a function to run again; one that could not be waits for the next change."""
        open_ones = filter(_can_be_checked, self._snapshot.functions)
        return next((state.function for state in open_ones), None)

    def _check_or_say_why_not(
        self, function: LabelingFunction, cancelled: threading.Event | None = None
    ) -> None:
        try:
            self._check(function, cancelled)
        except Cancelled:
            raise
        except LabelwrightError as error:
            self._note_unchecked(function, str(error))
        except Exception as error:
            log.exception("the check of %s failed", function.name)
            failed = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
            self._note_unchecked(function, failed)

    def _note_unchecked(self, function: LabelingFunction, why: str) -> None:
        self._runs.keep_unchecked(function, why)
        self._publish(
            problems=(*self._snapshot.problems, _unchecked_problem(function, why)),
            functions=self._states_with(function, unchecked=why),
        )

    def _check(self, function: LabelingFunction, cancelled: threading.Event | None = None) -> None:
        """Run some rows of a function again and publish whether they got the same votes."""
        snapshot = self._snapshot
        votes = snapshot.matrix.column(function.name)
        check = check_stability(
            function, votes, snapshot.classes, self.rows_file(), self._executor, cancelled
        )
        self._runs.keep_check(function, check)
        self._publish(soon=True, functions=self._states_with(function, stability=check))

    def _states_with(self, function: LabelingFunction, **changes: Any) -> tuple[FunctionState, ...]:
        """Return the functions as they stand, with something more known of one."""
        return tuple(
            replace(one, **changes) if one.function == function else one
            for one in self._snapshot.functions
        )

    def _publish(self, *, soon: bool = False, **changes: object) -> None:
        """Publish the snapshot with changes; `soon` where another one is likely to follow."""
        with self._lock:
            before, version = self._snapshot, self._snapshot.version + 1
            self._snapshot = before.at(version, **changes)
            # Without changes, something beside the snapshot is known by now.
            if not changes or not same_figures(self._snapshot, before):
                self._snapshot = self._snapshot.at(version, figures=version, states=version)
            elif not same_states(self._snapshot, before):
                self._snapshot = self._snapshot.at(version, states=version)
        (self._announcements.soon if soon else self._announcements.now)(version)

    def _show_waiting(self) -> None:
        """Publish that functions wait to run, before a pass has read what they run on.

        The page that saved them is drawn next; it says so already.
        """
        if self._thread is None:
            return
        functions = self._store.functions()
        with self._lock:
            waiting = self._runs.never_asked_for(functions)
            if waiting:
                states = states_with_waiting(self._snapshot.functions, waiting)
                self._publish(soon=True, phase="running", functions=states)

    def _on_progress(self, function: LabelingFunction, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last_progress >= PROGRESS_SECONDS:
            self._last_progress = now
            self._publish(soon=True, progress=RunProgress(function.name, done, total))

    def _publish_inputs(self, inputs: Inputs) -> None:
        """Publish statistics of the votes at hand; the posterior stays until the next fit."""
        before = self._snapshot
        same_rows = before.n_rows == inputs.n_rows and before.classes == inputs.info.classes
        self._publish(
            soon=True,
            phase="running" if self._runs.pending(inputs) else "fitting",
            problems=self._problems(inputs),
            progress=None,
            classes=inputs.info.classes,
            dev_gold=_kept(before.dev_gold, inputs.dev_gold),
            gold_weights=_kept(before.gold_weights, inputs.gold_weights),
            annotated=_kept(before.annotated, inputs.annotated),
            is_test=_kept(before.is_test, inputs.is_test),
            posterior=before.posterior if same_rows else None,
            judged=before.judged if same_rows else None,
            model=before.model if same_rows else None,
            **statistics_of(inputs, self._runs, before),
        )

    def _problems(self, inputs: Inputs) -> tuple[str, ...]:
        """Say which functions could not be run, and which could not be checked."""
        reasons = [(function, self._runs.unchecked(function)) for function in inputs.functions]
        return (
            *self._runs.faults(inputs),
            *(_unchecked_problem(function, why) for function, why in reasons if why is not None),
        )

    def _fit(self, inputs: Inputs) -> None:
        """Publish new labels as soon as they are there, and how good they are after that."""
        phase = "running" if self._runs.pending(inputs) else "idle"
        matrix = self._snapshot.model_matrix
        if not matrix.names:
            self._fitting.forget()
            self._publish(phase=phase, posterior=None, judged=None, model=None)
            return
        wanted = FitInputs(
            matrix,
            inputs.dev_gold,
            inputs.info.classes,
            model_choice(self._store),
            inputs.unseen_gold(matrix.names),
            inputs.gold_weights,
        )
        first = self._fitting.first(wanted, self._snapshot.model)
        if first is not None:
            # Pages that show both are drawn once where judging takes but a moment.
            self._publish_labels(first, soon=self._fitting.judges_soon)
        try:
            judged = self._fitting.judged(self._must_give_way)
        except Cancelled:
            return
        if judged is None:
            self._publish(soon=phase == "running", phase=phase)
        else:
            self._publish_labels(judged, phase=phase, judged=judged.judged)
        if phase == "idle":
            record_fit(self._store, self._snapshot)

    def _must_give_way(self) -> bool:
        """Whether something newer is asked for than the pass under way."""
        return self._stopping or self._asked > self._answering_for

    def _publish_labels(self, fitted: FirstLabels | FittedLabels, **changes: Any) -> None:
        accuracies = fitted.estimated_accuracies.tolist()
        estimated = dict(zip(self._snapshot.model_matrix.names, accuracies, strict=True))
        states = tuple(
            _with_estimate(state, estimated.get(state.function.name))
            for state in self._snapshot.functions
        )
        self._publish(functions=states, posterior=fitted.posterior, model=fitted.report, **changes)


def _with_estimate(state: FunctionState, estimate: list[float] | None) -> FunctionState:
    """Return the state with the label model's estimate: accuracy and the ends of its interval."""
    value, low, high = estimate or (None, None, None)
    return replace(state, estimated_accuracy=value, estimated_low=low, estimated_high=high)


def _kept(before: Array, now: Array) -> Array:
    """Return what was there where it is the same, so that what follows from it stays known."""
    if before is None or now is None:
        return now
    return before if np.array_equal(before, now) else now


def _can_be_checked(state: FunctionState) -> bool:
    ran = state.status in ("ready", "errors") and state.statistics is not None
    is_open = state.stability is None and state.unchecked is None
    return ran and state.function.kind == "python" and is_open


def _unchecked_problem(function: LabelingFunction, why: str) -> str:
    return f"{function.name}: Votes could not be checked: {why}"


def _empty_snapshot(version: int, inputs: Inputs) -> Snapshot:
    """The picture before the first pass: all rows, no votes."""
    matrix = LabelMatrix({}, inputs.n_rows)
    return Snapshot(
        version=version,
        states=version,
        figures=version,
        phase="starting",
        classes=inputs.info.classes,
        matrix=matrix,
        model_matrix=matrix,
        dev_gold=inputs.dev_gold,
        gold_weights=inputs.gold_weights,
        annotated=inputs.annotated,
        is_test=inputs.is_test,
        summary=project_summary(matrix, inputs.dev_gold, len(inputs.info.classes)),
    )


def model_choice(store: Store) -> tuple[str, int]:
    """Return the project's label model and seed."""
    return store.setting("model") or DEFAULT_MODEL, int(store.setting("seed") or 0)
