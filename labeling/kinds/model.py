"""Votes of an end model, kept from its training: the class it names where it is sure enough.

Such a function holds no classifier. Its votes are saved with it when it is made
(`labeling.end_model_votes`), and its source says what they came from. It learned from the label
model, so that the label model would hear its own voice again: it stays out until it is accepted.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds.kind import RowUse, Vote
from labeling.kinds.parameters import read_parameters, text_parameter

KIND = "model"


@dataclass(frozen=True)
class ModelParameters:
    """Which end model votes, and from which probability on.

    `trained_on` names all that decided the end model (`labeling.end_inputs`).
    """

    end_model: str
    features: str
    seed: int
    threshold: float
    trained_on: str

    def __post_init__(self) -> None:
        for name in ("end_model", "features", "trained_on"):
            text_parameter(KIND, name, getattr(self, name))
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise FunctionError("'seed' of a model function must be a whole number from 0.")
        is_number = isinstance(self.threshold, int | float) and not isinstance(self.threshold, bool)
        if not is_number or not 0 <= self.threshold <= 1:
            raise FunctionError("'threshold' of a model function must be a number from 0 to 1.")

    def to_source(self) -> str:
        """Return the source of a function with these parameters."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_source(cls, source: str) -> "ModelParameters":
        """Read a source; raise FunctionError that says what is wrong with it."""
        return cls(**read_parameters(source, KIND, cls))


class ModelKind:
    """Functions that hold the votes of an end model."""

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError unless the parameters are valid."""
        ModelParameters.from_source(function.source)

    def row_use(self, function: LabelingFunction, columns: Sequence[str]) -> RowUse:
        """Say that it reads no column."""
        return RowUse((), keeps_row=False)

    def compile(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> Vote:
        """Raise FunctionError: its votes are kept and not computed, so there are none to run."""
        raise FunctionError(
            "The votes of an end model are kept from its training, and there are none for these "
            "rows.",
            remedy="Train the end model again, and use it as a labeling function once more.",
        )
