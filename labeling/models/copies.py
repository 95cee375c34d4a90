"""Functions that copy each other: what they say together counts little more than once.

Two pairs (function, class) that fire on nearly the same rows for the same class carry the evidence
of one. With J the Jaccard index of their rows, the weight of each is divided by 1 + the sum of all
J above COPY_OVERLAP, so that c exact copies weigh as one function. On public sets a lower threshold
costs more where nobody copied than it saves.
"""

import numpy as np

from labeling.models.contract import Floats
from labeling.models.fires import Fires

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
