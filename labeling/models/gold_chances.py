"""How likely gold is where all evidence is multiplied with one number, for many numbers at once."""

import numpy as np

from labeling.models.contract import Floats, Ints
from labeling.models.scores import to_probabilities
from labeling.votes import Votes

AT_ONCE = 1 << 14
"""So many rows are worked out at once: few calls, and what they need stays near the processor."""


def gold_chances(
    scales: Floats, evidence: Floats, start: Floats, sole: Votes, gold: Ints
) -> Floats:
    """Return the probability of the gold of c rows for each of t scales, float64 (t, c).

    `evidence` (c, k): what votes add to each class, to be multiplied with one of `scales` (t,) and
    added to `start` (k,). `sole` int8 (c,) as in `scores.Finish`.
    """
    by_class = np.ascontiguousarray(evidence.T)[:, None, :]
    chances, rows = np.empty((scales.size, gold.size)), np.arange(gold.size)
    at_once = max(AT_ONCE // max(gold.size, 1), 1)
    for first in range(0, scales.size, at_once):
        some = scales[first : first + at_once]
        log_joint = some[:, None] * by_class + start[:, None, None]
        to_probabilities(log_joint.reshape(start.size, -1), np.tile(sole, some.size))
        chances[first : first + at_once] = log_joint[gold, :, rows].T
    return chances
