"""Weighted majority: a vote counts by how often its function agrees with the majority.

One coin per function: a_j is the chance that function j is right whatever it votes, and errors
spread evenly over the other classes, so that a vote adds ln(a_j (k - 1) / (1 - a_j)) to its class.
The a_j are read off one look at the majority (gold rows count as gold), drawn toward the mean of
all functions by PRIOR_ROWS rows. Functions that surely copy each other count as one
(`labeling.models.copies`), in that majority and in the labels.
"""

import numpy as np

from labeling.models.contract import Floats
from labeling.models.copies import copied_discounts
from labeling.models.fires import Fires
from labeling.models.majority import majority_shares
from labeling.models.vote_model import VoteModel

PRIOR_ROWS = 6.0
LEAST_LEAD, MOST = 0.02, 0.97
"""A function is at least so much better than chance, and never certain."""


class WeightedMajority(VoteModel):
    """One weight per function, from its agreement with the majority.

    >>> votes = np.array([[0, 0, 1], [1, 1, 0], [0, 0, -1], [1, 1, -1]], dtype=np.int8)
    >>> fitted = WeightedMajority(2).fit(votes)
    >>> bool(fitted.accuracies_[0] > fitted.accuracies_[2])
    True
    """

    def _learn(self, fires: Fires) -> None:
        discounts = copied_discounts(fires)
        majority = majority_shares(fires, self.class_balance_, discounts)
        right = fires.by_function(fires.right_rows(fires.clamped(majority)))
        weights = one_coin_weights(right, fires, self.n_classes)
        self.weights_ = discounts[:, None] * weights


def one_coin_weights(right: Floats, fires: Fires, n_classes: int) -> Floats:
    """Return the weights (m, k) of functions that are right on `right` (m,) rows."""
    voted = fires.by_function(fires.sampled_counts)
    mean = right.sum() / max(voted.sum(), 1e-300)
    coins = (right + PRIOR_ROWS * mean) / (voted + PRIOR_ROWS)
    return coin_weights(coins, n_classes)


def coin_weights(coins: Floats, n_classes: int) -> Floats:
    """Return what a vote adds to its class, (m, k), for chances to be right (m,)."""
    coins = np.clip(coins, 1 / n_classes + LEAST_LEAD, MOST)
    return np.repeat(np.log(coins * (n_classes - 1) / (1 - coins))[:, None], n_classes, axis=1)
