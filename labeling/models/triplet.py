"""The moment estimator: accuracies from how often functions agree, in closed form, without EM.

After Fu et al., "Fast and three-rious: speeding up weak supervision with triplet methods", 2020
(https://arxiv.org/abs/2002.11955), for any number of classes. With one coin per function and

    e_j = (k a_j - 1) / (k - 1),      M_ij = (k P(i and j agree | both vote) - 1) / (k - 1)

independence given the class makes M_ij = e_i e_j, so that any three functions give e_i^2 =
M_ij M_il / M_jl. The logarithms are linear, ln M_ij = ln e_i + ln e_j; instead of one triplet, all
pairs are solved at once by least squares, each weighed by the rows behind it. PRIOR_ROWS rows draw
every e_j toward the common value, which also settles functions that meet no other. Functions that
surely copy each other (`labeling.models.copies`) agree for another reason than being right: such a
pair says nothing of either, and in the labels they count as one.
"""

import numpy as np

from labeling.models.contract import Floats, Ints
from labeling.models.copies import copied_discounts
from labeling.models.fires import Fires
from labeling.models.vote_model import VoteModel
from labeling.models.weighted_majority import coin_weights

PRIOR_ROWS = 10.0
GOLD_PRIOR_ROWS = 6.0
LEAST_AGREEMENT = 0.02
"""Agreement at or below chance has no logarithm."""


class Triplet(VoteModel):
    """One weight per function, from pairwise agreement.

    >>> votes = np.array([[0, 0, 0], [1, 1, 1], [0, 0, 1], [1, 1, 0]] * 5, dtype=np.int8)
    >>> fitted = Triplet(2).fit(votes)
    >>> bool(fitted.accuracies_[0] > fitted.accuracies_[2])
    True
    """

    def _learn(self, fires: Fires) -> None:
        k = self.n_classes
        coins = (1 + (k - 1) * self._from_pairs(fires)) / k
        right, fired = fires.by_function(fires.gold_right), fires.by_function(fires.gold_fired)
        coins = (right + GOLD_PRIOR_ROWS * coins) / (fired + GOLD_PRIOR_ROWS)
        self.weights_ = copied_discounts(fires)[:, None] * coin_weights(coins, k)

    def _from_pairs(self, fires: Fires) -> Floats:
        """Return e (m,): how far each function is above chance, 1 for always right."""
        m, k = fires.n_functions, self.n_classes
        both = fires.together
        cell = (both.row // k) * m + both.col // k
        met = both.data * (fires.copies.rows == 0)[both.row // k, both.col // k]
        rows = _table(cell, met, m)
        agreed = met * (both.row % k == both.col % k)
        agreeing = _table(cell, agreed, m)
        i, j = np.nonzero(rows)
        weight = rows[i, j]
        common = _above_chance(agreeing.sum(), rows.sum(), k) if weight.size else 0.25
        target = np.log(_above_chance(agreeing[i, j], weight, k))
        # Normal equations of sum w (ln e_i + ln e_j - ln M_ij)^2 + PRIOR_ROWS (ln e_i - prior)^2.
        normal = np.zeros((m, m))
        np.add.at(normal, (i, j), weight)
        normal += normal.T
        normal[np.diag_indices(m)] = normal.sum(axis=1) + PRIOR_ROWS
        known = np.full(m, PRIOR_ROWS * np.log(common) / 2)
        np.add.at(known, i, weight * target)
        np.add.at(known, j, weight * target)
        return np.exp(np.minimum(np.linalg.solve(normal, known), 0.0)) if m else np.zeros(0)


def _table(cell: Ints, weights: Floats, m: int) -> Floats:
    """Return the sums of weights per cell of a table (m, m)."""
    return np.bincount(cell, weights=weights, minlength=m * m).astype(np.float64).reshape(m, m)


def _above_chance(agreeing: Floats, rows: Floats, k: int) -> Floats:
    """Return M of pairs that agree on `agreeing` of `rows` rows, at least LEAST_AGREEMENT."""
    return np.maximum((k * agreeing / rows - 1) / (k - 1), LEAST_AGREEMENT)
