"""A label model laid beside majority vote, on gold that it did not see.

Gold rows are dealt into folds; each fold is judged by a fit that saw only the other folds' gold.
The two are compared row by row, so that what is hard for both cancels out: the interval is of the
mean difference, and far narrower than those of the two accuracies.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from labeling.intervals import paired_error, paired_gain
from labeling.label_quality import leaders
from labeling.models.contract import Floats, Ints, LabelModel
from labeling.models.fires import Fires
from labeling.models.folds import dealt_folds
from labeling.models.majority import majority_shares
from labeling.votes import Votes, vote_patterns

FOLDS = 5
"""Gold is dealt into so many folds."""
LEAST_PROBABILITY = float(np.finfo(np.float64).eps)
"""What log loss takes for 0, as scikit-learn does."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A model on g covered gold rows, each judged by a fit that did not see its gold.

    `right` float64 (g,): 1 for a right label, 1/t where t classes tie for the first place and one
    of them is right. `posterior` float64 (g, k), `gold` int64 (g,), and `majority_right` (g,).
    """

    right: Floats
    posterior: Floats
    gold: Ints
    majority_right: Floats

    @property
    def rows(self) -> int:
        """How many gold rows were judged."""
        return int(self.gold.size)

    @property
    def accuracy(self) -> float:
        """The share of right labels."""
        return float(self.right.mean())

    @property
    def majority_accuracy(self) -> float:
        """The share of right labels of majority vote."""
        return float(self.majority_right.mean())

    @property
    def gain(self) -> float:
        """How much larger the share of right labels is than that of majority vote."""
        return self.accuracy - self.majority_accuracy

    @property
    def gain_error(self) -> float:
        """The standard error of `gain`, from the paired differences."""
        return paired_error(self.right, self.majority_right)

    @property
    def gain_interval(self) -> tuple[float, float]:
        """The 95 % interval of `gain`."""
        _, low, high = paired_gain(self.right, self.majority_right)
        return low, high

    @property
    def log_losses(self) -> Floats:
        """What each row's -ln p(gold) is, in nats, (g,)."""
        own = self.posterior[np.arange(self.rows), self.gold]
        return -np.log(np.maximum(own, LEAST_PROBABILITY))

    @property
    def log_loss(self) -> float:
        """The mean of -ln p(gold), in nats."""
        return float(self.log_losses.mean())

    def clearly_better_than(self, other: "Judged") -> bool:
        """Whether the log loss on the same rows is lower, with 95 % confidence (one-sided)."""
        saved = other.log_losses - self.log_losses
        error = float(saved.std(ddof=1)) / math.sqrt(saved.size)
        return float(saved.mean()) > NormalDist().inv_cdf(0.95) * error


def go_on() -> None:
    """Let a comparison go on whatever happens meanwhile."""


@dataclass(frozen=True, eq=False)
class GoldFolds:
    """The g covered gold rows, dealt into folds.

    `pattern` and `gold` int64 (g,). For each fold `held` bool (g,) says which rows it holds, and
    `seen` has the votes with the gold of all other folds.
    """

    pattern: Ints
    gold: Ints
    held: tuple[npt.NDArray[np.bool_], ...]
    seen: tuple[Fires, ...]


def gold_folds(fires: Fires, seed: int = 0) -> GoldFolds:
    """Deal the covered gold rows into folds, the same for all models."""
    pattern, gold = _covered_cases(fires)
    fold = dealt_folds(fires, pattern, gold, FOLDS, seed)
    held = tuple(fold == number for number in range(min(FOLDS, pattern.size)))
    return GoldFolds(
        pattern, gold, held, tuple(_without(fires, pattern, gold, one) for one in held)
    )


def judged(
    make: Callable[[], LabelModel],
    fires: Fires,
    seed: int = 0,
    before_fold: Callable[[], None] = go_on,
    folds: GoldFolds | None = None,
) -> Judged | None:
    """Judge the model that `make` makes, by cross-validation; None without covered gold rows.

    `before_fold` is called before each fit; what it raises ends the comparison. `folds`: those of
    `gold_folds`, where several models are judged; what one counts there, the next need not.
    """
    folds = folds or gold_folds(fires, seed)
    pattern, gold = folds.pattern, folds.gold
    if pattern.size == 0:
        return None
    posterior = np.empty((pattern.size, fires.n_classes))
    for held, seen in zip(folds.held, folds.seen, strict=True):
        before_fold()
        fitted = make().fit_weights(seen)
        posterior[held] = fitted.pattern_posterior(fires)[pattern[held]]
    majority = majority_shares(fires, np.full(fires.n_classes, 1 / fires.n_classes))
    return Judged(
        right=credit(posterior, gold),
        posterior=posterior,
        gold=gold,
        majority_right=credit(majority[pattern], gold),
    )


def credit(posterior: Floats, gold: Ints) -> Floats:
    """Return the chance of a right label, (g,), where tied classes are drawn by lot.

    To take the lowest class of a tie would credit a model for the order of the classes.
    """
    first = leaders(posterior)
    # Class after class, as in `confidences`.
    tied = reduce(np.add, first.T.view(np.int8))
    return np.asarray(first[np.arange(gold.size), gold] / tied, dtype=np.float64)


def rows_of_cases(votes: Votes, gold: Ints) -> Ints:
    """Return which of some gold rows each case of `judged` is, int64 (g,): covered rows alone.

    `votes` (r, m) and `gold` (r,) are those of the rows. Rows with the same votes and gold are
    alike to `judged`, so that any of them may be any of their cases.
    """
    order = np.lexsort((gold, vote_patterns(votes).inverse))
    return order[(votes[order] >= 0).any(axis=1)]


def _without(fires: Fires, pattern: Ints, gold: Ints, held: npt.NDArray[np.bool_]) -> Fires:
    """Return the same votes without the gold of the rows that are held out."""
    seen = fires.gold.copy()
    np.subtract.at(seen, (pattern[held], gold[held]), 1.0)
    return fires.with_gold(seen)


def _covered_cases(fires: Fires) -> tuple[Ints, Ints]:
    """Return the pattern and the class of each gold row that has a vote."""
    if not fires.has_gold:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    rows = np.where(fires.votes_per_pattern[:, None] > 0, fires.gold, 0).astype(np.int64)
    pattern, gold = np.nonzero(rows)
    times = rows[pattern, gold]
    return np.repeat(pattern, times), np.repeat(gold, times)
