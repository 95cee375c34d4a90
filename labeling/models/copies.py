"""Functions that copy each other: what they say together counts little more than once.

Two pairs (function, class) that fire on nearly the same rows for the same class carry the evidence
of one. With J the Jaccard index of their rows, the weight of each is divided by 1 + the sum of all
J above COPY_OVERLAP, so that c exact copies weigh as one function. On public sets a lower threshold
costs more where nobody copied than it saves.

A model that learns from agreement must not take this J: functions that are nearly always right
share their rows, too, and with less weight they lose to poor ones. `same_votes_discounts` is for
such a model: independent functions that ever err do not cast the very same votes.
"""

from collections import defaultdict

import numpy as np

from labeling.models.contract import Floats, Ints
from labeling.models.fires import Fires
from labeling.votes import Votes

COPY_OVERLAP = 0.85
LEAST_SHARED = 5
"""Two functions that meet on fewer rows may do so by chance."""


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


def same_votes_discounts(fires: Fires) -> Floats:
    """Return 1 / c for each pair of c functions with the same votes on all rows, (m * k,)."""
    counts = fires.counts.reshape(fires.n_functions, fires.n_classes)
    discounts = np.ones(counts.shape)
    for alike in _same_rows(counts):
        # Columns are long: only where functions vote each class as often can they be the same.
        for copies in _same_rows(fires.votes[:, alike].T):
            if counts[alike[0]].sum() >= LEAST_SHARED:
                discounts[alike[copies]] = 1 / len(copies)
    return discounts.ravel()


def _same_rows(table: Floats | Votes) -> list[Ints]:
    """Return which rows of a table (m, c) are the same, int64 each, where more than one is."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for row, values in enumerate(table):
        groups[values.tobytes()].append(row)
    return [np.array(rows) for rows in groups.values() if len(rows) > 1]
