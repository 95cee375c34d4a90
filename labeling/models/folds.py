"""Deals gold rows into folds for cross-validation, whatever their order and that of functions.

Which fits judge a row decides which model labels where two are nearly as good. So neither the order
of rows nor that of functions or classes may have a say in it. Cases are put into an order that
follows from what stays the same when all three are shuffled: how often each pair that a row fires
was voted, how often it was right on gold, and which of a row's pairs name its gold. Only cases that
are alike in all of that stand as they come.
"""

import numpy as np
import numpy.typing as npt

from labeling.models.contract import Ints
from labeling.models.fires import Fires

Keys = npt.NDArray[np.uint64]


def dealt_folds(fires: Fires, pattern: Ints, gold: Ints, folds: int, seed: int) -> Ints:
    """Return the fold of each gold row, int64 (c,), from its pattern and its gold, (c,) each."""
    order = np.argsort(_case_keys(fires, pattern, gold), kind="stable")
    fold = np.empty(pattern.size, dtype=np.int64)
    fold[order] = np.random.default_rng((seed, 11_680)).permutation(pattern.size) % folds
    return fold


def _case_keys(fires: Fires, pattern: Ints, gold: Ints) -> Keys:
    of_pair = _mixed(fires.counts, fires.gold_fired, fires.gold_right)
    of_class = _mixed(
        fires.counts.reshape(fires.n_functions, fires.n_classes).sum(axis=0), fires.gold.sum(axis=0)
    )
    votes = fires.votes[pattern]
    pairs = np.arange(fires.n_functions) * fires.n_classes + np.maximum(votes, 0)
    # Sums of keys modulo 2^64 are the same in any order.
    voted = np.where(votes >= 0, of_pair[pairs], np.uint64(0)).sum(axis=1)
    right = np.where(votes == gold[:, None], of_pair[pairs], np.uint64(0)).sum(axis=1)
    return _mixed(voted, right, of_class[gold])


def _mixed(*values: npt.NDArray[np.float64] | Keys) -> Keys:
    """Return numbers that look random and follow from the values, in their order (SplitMix64)."""
    key = np.zeros(values[0].shape, dtype=np.uint64)
    for value in values:
        key = (key ^ value.view(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
        key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        key ^= key >> np.uint64(31)
    return key
