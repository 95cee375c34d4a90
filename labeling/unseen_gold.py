"""Accuracy on gold that the authors of functions had not seen when saving them.

Whoever edits a function looks at the rows with gold that it gets wrong, so its accuracy on these
rows flatters it. Labels by hand that came after the function was saved last cannot have shaped it.
Imported gold was there from the start and counts as seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.intervals import wilson
from labeling.reweighting import ReweightedShare, reweighted
from labeling.votes import Votes


@dataclass(frozen=True, eq=False)
class GoldAges:
    """The order in which labels by hand and functions came, by sequence numbers.

    `row_ids` int64 (r,) ascending: the rows that were ever labelled by hand; `first` int64 (r,):
    the number of the first label of each. `seen`: by the name of a function, the number of the last
    annotation before it was saved last.
    """

    row_ids: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    seen: Mapping[str, int]

    def unseen_rows(self, name: str) -> npt.NDArray[np.int64]:
        """Return the rows that had no label by hand when a function was saved last, int64."""
        return self.unseen_by_all([name])

    def unseen_by_all(self, names: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return the rows that had no label by hand when the last of these was saved, int64."""
        latest = max((self.seen.get(name, np.iinfo(np.int64).max) for name in names), default=0)
        return self.row_ids[self.first > latest]


@dataclass(frozen=True)
class UnseenAccuracy:
    """How often a function is right on the gold rows with a vote that its author had not seen.

    `reweighted` is the accuracy as it would be on gold drawn at random, None where that is the
    same.
    """

    correct: int
    incorrect: int
    reweighted: ReweightedShare | None = None

    @property
    def rows(self) -> int:
        """How many rows are behind it; at least one."""
        return self.correct + self.incorrect

    @property
    def accuracy(self) -> float:
        """The share of right votes."""
        return self.correct / self.rows

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of `accuracy` (Wilson)."""
        return wilson(self.correct, self.rows)


@dataclass(frozen=True)
class UnseenLabels:
    """How many of `rows` labels are right, by a fit without their gold, which nobody had seen.

    The rows are covered, and were labelled by hand after the last edit of any function in the label
    model. `majority_right` are right by majority vote. A tie of t classes counts 1/t. The
    reweighted shares are those on gold drawn at random, None where they are the same.
    """

    right: float
    majority_right: float
    rows: int
    reweighted: ReweightedShare | None = None
    reweighted_majority: ReweightedShare | None = None

    @property
    def accuracy(self) -> float:
        """The share of right labels."""
        return self.right / self.rows

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of `accuracy` (Wilson)."""
        return wilson(self.right, self.rows)

    @property
    def majority(self) -> float:
        """The share of right labels of majority vote."""
        return self.majority_right / self.rows


def unseen_accuracy(
    ages: GoldAges,
    name: str,
    votes: Votes,
    gold: Votes,
    annotated: npt.NDArray[np.bool_],
    weights: npt.NDArray[np.float64] | None = None,
) -> UnseenAccuracy | None:
    """Return a function's accuracy on unseen dev gold; None where it votes on no such row.

    `votes` and `gold` int8 (n,), -1 where there is none; `annotated` bool (n,): the gold was given
    by hand. `weights` (g,): for how many rows each row with gold stands, in the order of rows; None
    where all are alike.
    """
    rows = ages.unseen_rows(name)
    rows = rows[(gold[rows] >= 0) & annotated[rows] & (votes[rows] >= 0)]
    if rows.size == 0:
        return None
    right = votes[rows] == gold[rows]
    correct = int(right.sum())
    fair = None
    if weights is not None:
        fair = reweighted(right, weights[np.searchsorted(np.flatnonzero(gold >= 0), rows)])
    return UnseenAccuracy(correct, int(rows.size) - correct, fair)
