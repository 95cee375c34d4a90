"""The background worker that keeps votes, statistics and labels fresh.

Whoever changes a project says `engine.changed()`. One thread then starts the functions whose votes
are not stored, recomputes statistics from the votes at hand, refits the label model, judges it and
publishes an immutable `Snapshot` after each step; it does so again whenever a run has ended. So a
slow function delays nothing but its own votes. Readers take `engine.snapshot`, never a lock.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from labeling.announcements import Announcements
from labeling.end_labels import EndModelState
from labeling.errors import Cancelled, LabelwrightError
from labeling.evaluation import FirstLabels, FittedLabels
from labeling.execution import Executor
from labeling.fit_history import record_fit
from labeling.fitting import FitInputs, Fitting
from labeling.function_runs import FunctionRuns
from labeling.functions import LabelingFunction
from labeling.input_fields import empty_snapshot, input_fields
from labeling.inputs import Inputs, model_choice, read_inputs
from labeling.live_statistics import statistics_of, with_estimates
from labeling.models.running import RunningVotes
from labeling.passes import Passes
from labeling.rows_cache import RowsCache
from labeling.same_figures import same_figures, same_states
from labeling.snapshot import RunProgress, Snapshot
from labeling.store import Store
from labeling.vote_checks import VoteChecks
from labeling.waiting import states_with_waiting

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 0.25
"""Progress is published at most this often."""

REST = 2.0
"""While nothing but labels comes, the engine rests so many times as long as its last pass took."""


class Engine:
    """Owns a project's live state. `publish` and `say` hear of versions as in `Announcements`."""

    def __init__(
        self,
        store: Store,
        executor: Executor,
        cache: Path,
        publish: Callable[[int], None] | None = None,
        say: Callable[[int], None] | None = None,
    ) -> None:
        self._store = store
        self._announcements = Announcements(publish, say)
        self._lock = threading.RLock()
        self._rows = RowsCache(store, cache)
        self._runs = FunctionRuns(
            store, executor, self._rows.file, self._lock, self._on_progress, on_finished=self._ask
        )
        self._passes = Passes(self._lock, lambda: self._runs.busy)
        self._checks = VoteChecks(
            self._runs.known, executor, self._rows.file, lambda: self._snapshot, self._publish
        )
        self._fitting = Fitting()
        self._thread: threading.Thread | None = None
        self._last_progress = 0.0
        self._inputs = inputs = read_inputs(store)
        # Versions start from the clock, so that they keep growing when the server restarts.
        self._snapshot = empty_snapshot(int(time.time() * 1000), inputs)

    @property
    def snapshot(self) -> Snapshot:
        """The latest published snapshot."""
        return self._snapshot

    def start(self) -> None:
        """Start the background thread; a first pass runs at once."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, name="engine", daemon=True)
                self._passes.ask()
                self._thread.start()

    def stop(self) -> None:
        """Cancel running functions and end all threads."""
        self._passes.stop()
        self._checks.give_way()
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

    def announce(self, *, figures: bool = False) -> None:
        """Publish the snapshot anew: something beside it is known by now.

        `figures`: it is shown among the figures.
        """
        with self._lock:
            version = self._snapshot.version + 1
            new = dict.fromkeys(("beside", *(("figures", "states") if figures else ())), version)
            self._snapshot = self._snapshot.at(version, **new)
        self._announcements.soon(version)

    def counted_votes(self) -> RunningVotes | None:
        """Return a copy of the votes behind the labels, None before the first fit."""
        return self._fitting.counted_votes()

    def rows_file(self) -> Path:
        """Return the Arrow file of all rows that workers map."""
        return self._rows.file()

    def wait_idle(self, timeout: float = 60.0) -> Snapshot:
        """Wait until everything asked for so far is done, and return the snapshot."""
        with self._lock:
            if not self._passes.wait_until_idle(timeout):
                raise LabelwrightError(
                    f"The project is still being computed after {timeout:g} seconds.",
                    remedy="Wait for the running functions, or cancel them.",
                )
            return self._snapshot

    def settled(self, timeout: float = 60.0) -> Snapshot:
        """Return the snapshot once its labels are judged; functions that still run have no say.

        Without the background thread that is the snapshot as it stands.
        """
        with self._lock:
            if self._thread is not None:
                self._passes.wait_until_answered(lambda: not self._snapshot.is_pending, timeout)
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
        while not self._passes.is_idle():
            with self._passes.answering():
                self._pass()
        return self._snapshot

    def check_next(self) -> bool:
        """Check whether one more function votes the same again; False where all are checked."""
        return self._checks.check_next()

    def _loop(self) -> None:
        while self._passes.wait_for_next():
            started = time.monotonic()
            with self._passes.answering():
                try:
                    self._pass()
                except LabelwrightError as error:
                    self._publish(phase="idle", progress=None, problems=(str(error),))
                except Exception as error:
                    log.exception("the engine failed")
                    problem = f"Labelwright failed ({type(error).__name__}: {error}); see the log."
                    self._publish(phase="idle", progress=None, problems=(problem,))
            self._passes.rest(REST * (time.monotonic() - started))
            self._settle_while_idle()
            self._checks.while_idle(self._passes.is_idle_and_goes_on)

    def _ask(self, *, hurry: bool = True) -> None:
        """Note that a pass is due; without hurry it follows a rest."""
        with self._lock:
            self._passes.ask(hurry=hurry)
            self._checks.give_way()

    def _pass(self) -> None:
        """Start what is stale, and publish what follows from the votes that are there."""
        self._inputs = inputs = read_inputs(self._store, self._inputs)
        self._runs.submit(inputs)
        self._publish_inputs(inputs)
        self._fit(inputs)

    def _settle_while_idle(self) -> None:
        """Make the next fit faster; where that fails, it is only as fast as this one."""
        if self._passes.is_idle():
            try:
                self._fitting.settle()
            except Exception:
                log.exception("the votes could not be laid out anew")

    def _publish(self, *, soon: bool = False, **changes: object) -> None:
        """Publish the snapshot with changes; `soon` where another one is likely to follow."""
        with self._lock:
            before, version = self._snapshot, self._snapshot.version + 1
            self._snapshot = before.at(version, **changes)
            if not same_figures(self._snapshot, before):
                new = dict.fromkeys(("figures", "states", "beside"), version)
                self._snapshot = self._snapshot.at(version, **new)
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
                self._announcements.say(self._snapshot.version)

    def _on_progress(self, function: LabelingFunction, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._last_progress >= PROGRESS_SECONDS:
            self._last_progress = now
            self._publish(soon=True, progress=RunProgress(function.name, done, total))

    def _publish_inputs(self, inputs: Inputs) -> None:
        """Publish statistics of the votes at hand; the posterior stays until the next fit."""
        before = self._snapshot
        self._publish(
            soon=True,
            phase="running" if self._runs.pending(inputs) else "fitting",
            problems=(*self._runs.faults(inputs), *self._checks.problems(inputs)),
            progress=None,
            **input_fields(inputs, before),
            **statistics_of(inputs, self._runs, before),
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
            inputs.gold.dev,
            inputs.info.classes,
            model_choice(self._store),
            inputs.unseen_gold(matrix.names),
            inputs.gold.weights,
        )
        first = self._fitting.first(wanted, self._snapshot.model)
        if first is not None:
            # Pages that show both are drawn once where judging takes but a moment.
            self._publish_labels(first, soon=self._fitting.judges_soon)
        try:
            judged = self._fitting.judged(self._passes.must_give_way)
        except Cancelled:
            return
        if judged is None:
            self._publish(soon=phase == "running", phase=phase)
        else:
            self._publish_labels(judged, phase=phase, judged=judged.judged)
        if phase == "idle":
            record_fit(self._store, self._snapshot)

    def _publish_labels(self, fitted: FirstLabels | FittedLabels, **changes: Any) -> None:
        states = with_estimates(self._snapshot, fitted.estimated_accuracies)
        self._publish(functions=states, posterior=fitted.posterior, model=fitted.report, **changes)
