"""A project's end model: trained on demand, and used as a labeling function."""

from collections.abc import Callable
from pathlib import Path

from labeling.end_inputs import is_outdated
from labeling.end_labels import EndLabels, EndModelChoice, EndModelState
from labeling.end_model_trainer import EndModelTrainer
from labeling.end_model_training import OnStep
from labeling.end_model_votes import votes_as_function
from labeling.errors import FunctionError
from labeling.saved_functions import SavedFunctions
from labeling.snapshot import Snapshot
from labeling.store import Store


class ProjectEndModel:
    """Trains the end model, whose state is in the project's snapshots.

    `publish` is told each new state, and `forget_votes` that stored votes changed.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        functions: SavedFunctions,
        snapshot: Callable[[], Snapshot],
        publish: Callable[[EndModelState], None],
        forget_votes: Callable[[], None],
    ) -> None:
        self._store = store
        self._functions = functions
        self._snapshot = snapshot
        self._forget_votes = forget_votes
        self._trainer = EndModelTrainer(store, folder, snapshot, publish)

    def is_outdated(self) -> bool:
        """Whether votes, gold or label model changed since the end model was trained."""
        return is_outdated(self._snapshot())

    def train(self, choice: EndModelChoice) -> None:
        """Train an end model in the background; it appears in a later snapshot."""
        self._trainer.start(choice)

    def train_here(self, choice: EndModelChoice, on_step: OnStep) -> EndLabels:
        """Train an end model in this thread, unless it is kept, and return its labels."""
        return self._trainer.train_here(choice, on_step)

    def use_as_function(self, name: str, threshold: float, author: str = "") -> None:
        """Save the present end model's votes as a labeling function.

        It votes where it is at least `threshold` sure. It stays out of the label model, which it
        learned from, until it is accepted.
        """
        function, votes = votes_as_function(self._snapshot(), name, threshold)
        self._functions.check(function)
        saved = {one.name: one for one in self._functions.all()}
        if name in saved and saved[name].kind != function.kind:
            raise FunctionError(
                f"There is a labeling function {name!r} already.", remedy="Choose another name."
            )
        known = self._store.run(function.version) is not None
        self._store.save_run(votes)
        self._functions.put(function, author)
        if known:
            self._forget_votes()

    def cancel(self) -> None:
        """Stop the training under way after its present step."""
        self._trainer.cancel()

    def wait(self, timeout: float = 600.0) -> EndModelState:
        """Wait until no end model is being trained."""
        return self._trainer.wait(timeout)

    def close(self) -> None:
        """Stop working."""
        self._trainer.close()
