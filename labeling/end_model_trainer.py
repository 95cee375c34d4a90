"""Trains a project's end model in the background, one at a time, and can be stopped.

What it publishes is an immutable `EndModelState`; readers take it from the project's snapshot. It
learns in a process of its own, which is ended at once where somebody stops the training, or where
classes, votes or label model change: what came of it would be outdated before it is there.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from labeling import end_model_cache
from labeling.end_classifiers import make_classifier
from labeling.end_inputs import end_model_inputs, end_model_key, learns_from_the_same
from labeling.end_labels import EndLabels, EndModelChoice, EndModelState, TrainingStep
from labeling.end_model_process import learning_elsewhere
from labeling.end_model_training import STEPS, MakeLearner, OnStep, learning_here, train
from labeling.errors import Cancelled, LabelwrightError, ModelError
from labeling.snapshot import Snapshot
from labeling.store import Store
from labeling.text_features import FEATURES

log = logging.getLogger(__name__)

PUBLISH_SECONDS = 0.25
"""Progress within one step is published at most this often."""


class EndModelTrainer:
    """Owns a project's end model. `publish` is told each new state, on any thread."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        snapshot: Callable[[], Snapshot],
        publish: Callable[[EndModelState], None],
    ) -> None:
        self._store = store
        self._folder = folder
        self._snapshot = snapshot
        self._publish_state = publish
        self._lock = threading.RLock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._state = EndModelState()
        self._last_progress = 0.0
        self._read_newest()

    def start(self, choice: EndModelChoice) -> None:
        """Train in the background; returns at once.

        Raises:
            ModelError: there is no such end model, or one is being trained.
        """
        check_choice(choice)
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                raise ModelError(
                    "An end model is being trained already.",
                    remedy="Wait for it, or stop it first.",
                )
            self._cancelled = cancelled = threading.Event()
            self._thread = threading.Thread(
                target=self._run, args=(choice, cancelled), name="end-model", daemon=True
            )
            first = TrainingStep("Starting", 0, STEPS)
            self._publish(step=first, stopping=False, problem=None)
            self._thread.start()

    def train_here(self, choice: EndModelChoice, on_step: OnStep) -> EndLabels:
        """Train in the calling thread and return the labels."""
        check_choice(choice)
        labels = self._kept_or_trained(choice, self._snapshot(), on_step, learning_here)
        self._publish(labels=labels, problem=None)
        return labels

    def cancel(self) -> None:
        """Stop the training under way; without one nothing happens."""
        if not self._cancelled.is_set() and self._state.step is not None:
            self._cancelled.set()
            self._publish(stopping=True)

    def wait(self, timeout: float) -> EndModelState:
        """Wait until no training is under way, and return the state."""
        if self._thread is not None:
            self._thread.join(timeout)
            if self._thread.is_alive():
                raise ModelError(
                    f"The end model is still being trained after {timeout:g} seconds.",
                    remedy="Wait longer, or stop it.",
                )
        return self._state

    def close(self) -> None:
        """Stop the training under way, and wait until its process has ended."""
        self._cancelled.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _run(self, choice: EndModelChoice, cancelled: threading.Event) -> None:
        snapshot = latest = self._snapshot()

        def go_on() -> None:
            nonlocal latest
            if cancelled.is_set():
                raise Cancelled("The training of the end model was stopped.")
            before, latest = latest, self._snapshot()
            if latest is not before and not learns_from_the_same(snapshot, latest):
                raise Cancelled(
                    "The training of the end model was stopped, because classes, votes or label "
                    "model changed meanwhile. Train it again."
                )

        def on_step(step: TrainingStep) -> None:
            go_on()
            self._show(step)

        elsewhere = partial(learning_elsewhere, go_on=go_on)
        changes: dict[str, object] = {}
        try:
            changes["labels"] = self._kept_or_trained(choice, snapshot, on_step, elsewhere)
        except Cancelled as stopped:
            changes["problem"] = str(stopped)
        except LabelwrightError as error:
            changes["problem"] = str(error)
        except Exception as error:
            log.exception("the training of the end model failed")
            changes["problem"] = (
                f"Labelwright failed ({type(error).__name__}: {error}); see the log."
            )
        self._publish(step=None, stopping=False, **changes)

    def _kept_or_trained(
        self,
        choice: EndModelChoice,
        snapshot: Snapshot,
        on_step: OnStep,
        make_learner: MakeLearner,
    ) -> EndLabels:
        """Return the labels of this very end model where they are kept, else train it."""
        inputs = end_model_inputs(snapshot)
        if inputs is not None:
            known = self._kept(end_model_key(inputs, choice))
            if known is not None:
                return known
        labels = train(self._store, snapshot, choice, on_step, make_learner)
        end_model_cache.keep(self._folder, labels)
        return labels

    def _kept(self, key: str) -> EndLabels | None:
        """Return kept labels; damaged ones are logged, forgotten and trained again."""
        try:
            return end_model_cache.kept(self._folder, key)
        except ModelError:
            log.exception("a kept end model is damaged and is trained again")
            end_model_cache.forget(self._folder, key)
            return None

    def _read_newest(self) -> None:
        """Show the end model of the last session, or say why it cannot be shown."""
        try:
            labels = end_model_cache.newest(self._folder)
            if labels is not None:
                self._publish(labels=labels)
        except ModelError as error:
            self._publish(problem=str(error))

    def _show(self, step: TrainingStep) -> None:
        now = time.monotonic()
        before = self._state.step
        same_step = before is not None and before.done == step.done
        if not same_step or now - self._last_progress >= PUBLISH_SECONDS:
            self._last_progress = now
            self._publish(step=step)

    def _publish(self, **changes: object) -> None:
        with self._lock:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            self._publish_state(self._state)


def check_choice(choice: EndModelChoice) -> None:
    """Raise a ModelError where there is no such classifier or no such features."""
    make_classifier(choice.classifier, choice.seed)
    if choice.features not in FEATURES:
        raise ModelError(f"Unknown features {choice.features!r}.", choices=list(FEATURES))
