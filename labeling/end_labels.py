"""What an end model says of every row, how good that is, and how far its training has come."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt

DEFAULT_END_MODEL = "logistic-regression"
DEFAULT_FEATURES = "tfidf"


@dataclass(frozen=True)
class EndModelChoice:
    """Which end model to train.

    `classifier` is a key of `labeling.end_classifiers.END_MODELS` or the name of a scikit-learn
    classifier, `features` a key of `labeling.text_features.FEATURES`.
    """

    classifier: str = DEFAULT_END_MODEL
    features: str = DEFAULT_FEATURES
    seed: int = 0


@dataclass(frozen=True)
class Standing:
    """How many labels are right on some gold rows, as a share with its 95 % interval."""

    accuracy: float
    low: float
    high: float


@dataclass(frozen=True)
class SideBySide:
    """Three ways to label the same `rows` gold rows; a row without a label counts as wrong.

    `gain` is how much larger the end model's share is than the label model's, with its paired 95 %
    interval.
    """

    rows: int
    end_model: Standing
    label_model: Standing
    majority: Standing
    gain: float
    gain_low: float
    gain_high: float


@dataclass(frozen=True)
class EndModelComparison:
    """The end model beside label model and majority vote, on dev gold that no fit has seen.

    `covered` has only the rows on which a function votes, None where there is none.
    """

    all_rows: SideBySide
    covered: SideBySide | None


@dataclass(frozen=True, eq=False)
class EndLabels:
    """What a trained end model says of n rows.

    `probabilities` float32 (n, k); on dev gold rows they are those of a fit that has not seen the
    row's gold, where there are two such rows or more. `key` names all that decides them, `inputs`
    the part that the project's votes, gold and label model decide. `learned_rows` of `usable_rows`
    rows were learned from, `gold_rows` of them by their dev gold. `comparison` is None where there
    are fewer than two dev gold rows.
    """

    choice: EndModelChoice
    key: str
    inputs: str
    classes: tuple[str, ...]
    label_model: str
    probabilities: npt.NDArray[np.float32]
    learned_rows: int
    usable_rows: int
    gold_rows: int
    comparison: EndModelComparison | None
    trained_at: datetime
    seconds: float

    @property
    def n_rows(self) -> int:
        """How many rows have a label."""
        return int(self.probabilities.shape[0])

    @cached_property
    def codes(self) -> npt.NDArray[np.int8]:
        """The most probable class of each row, int8 (n,); of tied classes the first."""
        return np.asarray(self.probabilities.argmax(axis=1), dtype=np.int8)


@dataclass(frozen=True)
class TrainingStep:
    """What a training is at: step `done` of `total` has begun."""

    says: str
    done: int
    total: int


@dataclass(frozen=True, eq=False)
class EndModelState:
    """A project's end model: the labels of the last one trained, and the training under way.

    `step` is None while nothing is trained; `stopping` says that somebody cancelled it. `problem`
    says why the last training brought nothing.
    """

    labels: EndLabels | None = None
    step: TrainingStep | None = None
    stopping: bool = False
    problem: str | None = None
