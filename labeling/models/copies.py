"""Functions that copy each other: what they say together counts little more than once.

Two pairs (function, class) that fire on nearly the same rows for the same class carry the evidence
of one. With J the Jaccard index of their rows, the weight of each is divided by 1 + the sum of all
J above COPY_OVERLAP, so that c exact copies weigh as one function. On public sets a lower threshold
costs more where nobody copied than it saves.

Functions that are nearly always right share their rows, too. A model that learns from agreement
must not take this J: with less weight these lose to poor ones. `copied_discounts` is for such a
model, and heeds only functions that agree with each other far more than with anybody else
(`labeling.models.found_copies`). `repeat_discounts` heeds also those that cast the very same votes
(`labeling.models.same_votes`).
"""

import numpy as np

from labeling.models.contract import Floats
from labeling.models.fires import Fires
from labeling.models.same_votes import LEAST_SHARED

COPY_OVERLAP = 0.85


def copy_discounts(fires: Fires) -> Floats:
    """Return what the weight of each pair is to be multiplied with, float64 (m * k,) in (0, 1]."""
    both, counts = fires.together, fires.sampled_counts
    same_class = both.row % fires.n_classes == both.col % fires.n_classes
    one, other, shared = both.row[same_class], both.col[same_class], both.data[same_class]
    overlap = shared / (counts[one] + counts[other] - shared)
    copies = (overlap > COPY_OVERLAP) & (shared >= LEAST_SHARED)
    sums = np.ones(counts.size)
    np.add.at(sums, one[copies], overlap[copies])
    np.add.at(sums, other[copies], overlap[copies])
    return 1 / sums


def copied_discounts(fires: Fires) -> Floats:
    """Return what the weight of each function is to be multiplied with, float64 (m,) in (0, 1].

    It is one over how many functions repeat each other on a vote's mean row, itself included.
    """
    return _discounts(fires, fires.copies.rows)


def repeat_discounts(fires: Fires) -> Floats:
    """Return the same, where functions with the same votes on all rows surely copy, too, (m,).

    c of these weigh 1 / c each.
    """
    return _discounts(fires, fires.repeats)


def _discounts(fires: Fires, repeated: Floats) -> Floats:
    votes = np.maximum(fires.by_function(fires.sampled_counts), 1e-300)
    return np.asarray(1 / (1 + repeated.sum(axis=1) / votes))
