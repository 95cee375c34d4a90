"""How often each condition's votes would be right, by dev gold, else by the label model's labels.

Rows with the same votes have the same label for the same reason, so they are right or wrong
together. A condition whose n rows fall into groups of n_g equal votes counts as

    n_effective = n^2 / sum over g of n_g^2

rows (Kish, *Survey Sampling*, 1965): one function's hits, however many, are one row. Covered rows
are no fair sample: where nine of ten labels are spam, any word at all looks like nine tenths spam.
So the labels have to beat their own class shares.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from labeling.intervals import wilson_bounds
from labeling.proposals.proposal import Belief
from labeling.proposals.sample import Sample
from labeling.snapshot import Snapshot
from labeling.votes import vote_patterns

LEAST_GOLD = 3
"""With fewer gold rows behind a condition the label model is asked instead."""

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Beliefs:
    """For f conditions and k classes, each (f, k); `by_gold` (f,) says which evidence it is.

    `n` is how many rows stand behind it, 0 where nothing is known.
    """

    precision: Floats
    low: Floats
    high: Floats
    n: Floats
    by_gold: Mask

    def of(self, condition: int, code: int) -> Belief:
        """Return what is believed of one condition's votes for one class."""
        return Belief(
            evidence="dev gold" if self.by_gold[condition] else "posterior",
            precision=float(self.precision[condition, code]),
            low=float(self.low[condition, code]),
            high=float(self.high[condition, code]),
            n=round(float(self.n[condition, code])),
        )


def beliefs(snapshot: Snapshot, sample: Sample) -> Beliefs:
    """Return what is believed of every condition, voting for every class, wherever it holds."""
    gold = snapshot.dev_gold[sample.row_ids]
    k = len(snapshot.classes)
    right, fired = _counted(sample.has, gold, k)
    by_gold = fired >= LEAST_GOLD
    expected, n = _expected(snapshot, sample, gold)
    right = np.where(by_gold[:, None], right, expected)
    fired = np.where(by_gold, fired, n)
    return _bounded(right, np.repeat(fired[:, None], k, axis=1), by_gold)


def labelled_shares(snapshot: Snapshot) -> Floats:
    """Return the share of each class (k,) among the labels of covered rows; 0 without labels."""
    covered = snapshot.model_matrix.covered
    if snapshot.posterior is None or not covered.any():
        return np.zeros(len(snapshot.classes))
    return np.asarray(snapshot.posterior[covered].mean(axis=0), dtype=np.float64)


def gold_beliefs(has: sparse.csc_matrix, gold: npt.NDArray[np.int8], where: Mask) -> Beliefs:
    """Return what dev gold says on the rows `where` (s, k): those on which class k would be new."""
    right, fired = [], []
    for code in range(where.shape[1]):
        known = where[:, code] & (gold >= 0)
        fired.append(has.T @ known.astype(np.float64))
        right.append(has.T @ (known & (gold == code)).astype(np.float64))
    return _bounded(
        np.stack(right, axis=1), np.stack(fired, axis=1), np.ones(has.shape[1], dtype=np.bool_)
    )


def _bounded(right: Floats, n: Floats, by_gold: Mask) -> Beliefs:
    low, high = wilson_bounds(right, n)
    return Beliefs(right / np.maximum(n, 1e-9), low, high, n, by_gold)


def _counted(
    has: sparse.csc_matrix, gold: npt.NDArray[np.int8], n_classes: int
) -> tuple[Floats, Floats]:
    """Return on how many gold rows of each class each condition holds, (f, k), and on how many."""
    of_class = (gold[:, None] == np.arange(n_classes)).astype(np.float64)
    right = np.asarray(has.T @ of_class, dtype=np.float64)
    return right, right.sum(axis=1)


def _expected(
    snapshot: Snapshot, sample: Sample, gold: npt.NDArray[np.int8]
) -> tuple[Floats, Floats]:
    """Return expected right rows (f, k) and effective rows (f,), by labels of rows without gold."""
    f, k = sample.has.shape[1], len(snapshot.classes)
    labelled = snapshot.model_matrix.covered[sample.row_ids] & (gold < 0)
    if snapshot.posterior is None or not labelled.any():
        return np.zeros((f, k)), np.zeros(f)
    names = snapshot.model_matrix.names
    rows = sample.row_ids[labelled]
    has = sample.has.tocsr()[labelled]
    votes = np.stack([snapshot.model_matrix.column(name)[rows] for name in names]).T
    groups = vote_patterns(votes)
    grouped = sparse.csr_matrix(
        (np.ones(rows.size), (np.arange(rows.size), groups.inverse)),
        shape=(rows.size, groups.counts.size),
    )
    in_group = (has.T @ grouped).tocsr()
    n = np.asarray(in_group.sum(axis=1), dtype=np.float64).ravel()
    squares = np.asarray(in_group.multiply(in_group).sum(axis=1), dtype=np.float64).ravel()
    effective = n**2 / np.maximum(squares, 1e-9)
    mean = np.asarray(has.T @ snapshot.posterior[rows]) / np.maximum(n, 1e-9)[:, None]
    return mean * effective[:, None], effective
