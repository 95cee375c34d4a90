"""Majority vote: every vote counts one, and classes with equally many share the row."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt

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
from labeling.votes import Votes, vote_patterns


class MajorityVote:
    """The class with the most votes is certain; tied classes share the mass equally.

    Gold decides nothing but the class balance, which is the answer for rows without votes.
    `accuracies_` is how often each function agrees with the majority it is part of.

    >>> votes = np.array([[0, 0, 1], [0, 1, -1], [-1, -1, -1]], dtype=np.int8)
    >>> MajorityVote(2).fit(votes).predict_proba(votes).tolist()
    [[1.0, 0.0], [0.5, 0.5], [0.5, 0.5]]
    """

    class_balance_: Floats
    accuracies_: Floats
    converged_: bool
    n_iter_: int

    def __init__(
        self, n_classes: int, seed: int = 0, class_balance: ClassBalance | None = None
    ) -> None:
        self.n_classes = checked_classes(n_classes)
        self.seed = seed
        self.class_balance = checked_balance(class_balance, n_classes)
        self._n_functions: int | None = None

    def fit(self, votes: Votes, gold: npt.NDArray[Any] | None = None) -> Self:
        """Take the class balance, and count how often each function agrees with the majority."""
        votes = checked_votes(votes, self.n_classes)
        known = checked_gold(gold, votes.shape[0], self.n_classes)
        self.class_balance_ = class_prior(self.class_balance, known, self.n_classes)
        patterns = vote_patterns(votes)
        posterior = self._shares(patterns.votes)
        self.accuracies_ = np.full(votes.shape[1], 1 / self.n_classes)
        for j, column in enumerate(patterns.votes.T):
            fired = np.flatnonzero(column >= 0)
            if fired.size:
                agreement = posterior[fired, column[fired]]
                self.accuracies_[j] = np.average(agreement, weights=patterns.counts[fired])
        self.converged_, self.n_iter_ = True, 0
        self._n_functions = votes.shape[1]
        return self

    def predict_proba(self, votes: Votes) -> Floats:
        """Return the share of each class in a row's majority, float64 (n, k)."""
        votes = checked_votes(votes, self.n_classes)
        checked_same_functions(votes, self._n_functions)
        patterns = vote_patterns(votes)
        return self._shares(patterns.votes)[patterns.inverse]

    def _shares(self, votes: Votes) -> Floats:
        counts = np.stack([(votes == code).sum(axis=1) for code in range(self.n_classes)], axis=1)
        most = counts.max(axis=1, keepdims=True)
        winners = (counts == most).astype(np.float64)
        shares = winners / winners.sum(axis=1, keepdims=True)
        return np.where(most > 0, shares, self.class_balance_)
