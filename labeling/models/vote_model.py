"""What most label models share: each vote adds something to each class, and the sums decide.

    log p(k | row) = log pi_k + sum over votes of w[j, l, k] + const

A model of this form says only how it learns `w` from the votes; counting, checking, predicting and
the intervals are here. The contract itself is `labeling.models.contract.LabelModel`: a model that
adds nothing up need not start from this class.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy.special import logit

from labeling.models.accuracy_intervals import beta_interval
from labeling.models.contract import (
    ClassBalance,
    Floats,
    checked_balance,
    checked_classes,
    checked_gold,
    checked_same_functions,
    checked_votes,
    class_prior,
)
from labeling.models.fires import Fires, fires_of
from labeling.models.scores import finished, summed, to_probabilities
from labeling.votes import Votes

TRUST_ROWS = 4.0
"""How many gold rows an accuracy is worth that no gold speaks for.

With more, too few intervals hold the true accuracy on public sets.
"""
DRAWN_AT_ONCE = 1 << 17
"""So many probabilities are drawn at once, or those of one draw."""


class VoteModel(ABC):
    """A label model whose votes add up; `_learn` sets `weights_`, (m, k) or (m, k, k).

    With `weights_` (m, k) a vote touches only the class it names.
    """

    class_balance_: Floats
    accuracies_: Floats
    accuracies_low_: Floats
    accuracies_high_: Floats
    temperature_: float
    converged_: bool
    n_iter_: int
    weights_: Floats
    _rows_behind: Floats

    def __init__(
        self, n_classes: int, seed: int = 0, class_balance: ClassBalance | None = None
    ) -> None:
        self.n_classes = checked_classes(n_classes)
        self.seed = seed
        self.class_balance = checked_balance(class_balance, n_classes)
        self._n_functions: int | None = None

    def fit(self, votes: Votes, gold: npt.NDArray[Any] | None = None) -> Self:
        """Learn what each vote is worth from votes int8 (n, m) and gold (n,), -1 = unknown."""
        votes = checked_votes(votes, self.n_classes)
        known = checked_gold(gold, votes.shape[0], self.n_classes)
        return self.fit_fires(fires_of(votes, self.n_classes, known, self.seed))

    def fit_fires(self, fires: Fires) -> Self:
        """Learn from votes that are counted already."""
        self.fit_weights(fires)
        self.accuracies_ = self._accuracies(fires)
        self._rows_behind = TRUST_ROWS + fires.by_function(fires.gold_fired)
        self.accuracies_low_, self.accuracies_high_ = beta_interval(
            self.accuracies_, self._rows_behind
        )
        return self

    def fit_weights(self, fires: Fires) -> Self:
        """Learn the same, but for `accuracies_`: posteriors need no more."""
        self.class_balance_ = class_prior(self.class_balance, fires.class_rows)
        self.temperature_, self.converged_, self.n_iter_ = 1.0, True, 0
        self._learn(fires)
        self._n_functions = fires.n_functions
        return self

    def predict_proba(self, votes: Votes) -> Floats:
        """Return the probability of each class from a row's votes, float64 (n, k)."""
        return summed(self._checked(votes), self.by_pair(), self.start(), self.finish)

    def pattern_posterior(self, fires: Fires) -> Floats:
        """Return the probability of each class for each pattern, float64 (p, k)."""
        sums = np.asarray(fires.matrix @ self.by_pair())
        return finished(sums, self.start(), fires.sole, self.finish)

    @property
    def labelling(self) -> "VoteModel":
        """The model whose weights label: this one, or the one that it chose."""
        return self

    def drawn_posteriors(
        self, fires: Fires, rng: np.random.Generator, draws: int
    ) -> Iterator[Floats]:
        """Yield what `pattern_posterior` might be as well, (d, p, k), some of `draws` at a time.

        Each function's accuracy is drawn from the distribution behind its interval, and its votes
        gain or lose by the change in log odds. All of them may be better or worse together, too: a
        shift with variance 1/2 before any gold, and less by what gold says of it.
        """
        k, pairs, n_patterns = self.n_classes, np.arange(fires.labels.size), fires.rows.size
        shifts = self._drawn_shifts(rng, draws)[:, pairs // k].T
        at_once = max(DRAWN_AT_ONCE // max(n_patterns * k, pairs.size * k, 1), 1)
        for first in range(0, draws, at_once):
            some = shifts[:, first : first + at_once]
            d = some.shape[1]
            by_pair = np.repeat(self.by_pair()[:, :, None], d, axis=2)
            by_pair[pairs, fires.labels] += some
            sums = np.asarray(fires.matrix @ by_pair.reshape(pairs.size, k * d))
            by_class = sums.reshape(n_patterns, k, d).transpose(1, 2, 0).copy()
            by_class += self.start()[:, None, None]
            self.finish(by_class.reshape(k, d * n_patterns), np.tile(fires.sole, d))
            yield by_class.transpose(1, 2, 0)

    def _drawn_shifts(self, rng: np.random.Generator, draws: int) -> Floats:
        """Return by how much votes of each function gain, (draws, m)."""
        mean = np.clip(self.accuracies_, 0.01, 0.99)
        rows = self._rows_behind
        information = 2.0 + float(((rows - TRUST_ROWS) * mean * (1 - mean)).sum())
        accuracies, together = np.empty((draws, mean.size)), np.empty((draws, 1))
        for draw in range(draws):
            accuracies[draw] = rng.beta(mean * rows, (1 - mean) * rows)
            together[draw] = rng.normal(0.0, 1 / np.sqrt(information))
        gained = logit(np.clip(accuracies, 0.01, 0.99)) - logit(mean)
        return np.asarray(self.temperature_ * (gained + together))

    def _checked(self, votes: Votes) -> Votes:
        """Return the votes of the functions that the model was fitted on."""
        votes = checked_votes(votes, self.n_classes)
        checked_same_functions(votes, self._n_functions)
        return votes

    @abstractmethod
    def _learn(self, fires: Fires) -> None:
        """Set `weights_` and what else is learned."""

    def _accuracies(self, fires: Fires) -> Floats:
        """Return how often each function's votes are right, (m,), by the rows' own posterior."""
        believed = fires.clamped(self.pattern_posterior(fires))
        return fires.accuracies(believed, self._first_vote(fires))

    def _first_vote(self, fires: Fires) -> Floats:
        """Return what a single vote of each pair gives its class, (m * k,)."""
        nowhere = np.full(fires.labels.size, -1, dtype=np.int8)
        single = finished(self.by_pair(), self.start(), nowhere, to_probabilities)
        return single[np.arange(fires.labels.size), fires.labels]

    def start(self) -> Floats:
        """Return the log joint of a row without votes, (k,)."""
        return np.log(self.class_balance_)

    def by_pair(self) -> Floats:
        """Return what each pair adds to each class, (m * k, k)."""
        k = self.n_classes
        if self.weights_.ndim == 3:
            return self.weights_.reshape(-1, k)
        pairs = np.arange(self.weights_.size)
        spread = np.zeros((pairs.size, k))
        spread[pairs, pairs % k] = self.weights_.ravel()
        return spread

    def finish(self, log_joint: Floats, sole: Votes) -> None:
        """Turn sums (k, b) into probabilities, in place; `sole` (b,) as in `scores.Finish`."""
        to_probabilities(log_joint, sole)
