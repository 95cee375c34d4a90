"""How often each condition's votes would be right, by dev gold, else by the label model's labels.

Rows with the same votes have the same label for the same reason, so they are right or wrong
together. A condition whose n rows fall into groups of n_g equal votes counts as

    n_effective = n^2 / sum over g of n_g^2

rows (Kish, *Survey Sampling*, 1965): one function's hits, however many, are one row. Covered rows
are no fair sample: where nine of ten labels are spam, any word at all looks like nine tenths spam.
So such a row counts as no more than the part of a gold row that it proved to be worth.

What is said of a condition is shrunk towards what is known of all of them, because it is one of the
best of many (`shrinkage`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from labeling.proposals.proposal import Belief
from labeling.proposals.sample import Sample
from labeling.proposals.shrinkage import Prior, Shares, learned, worth
from labeling.snapshot import Snapshot
from labeling.votes import vote_patterns

LEAST_GOLD = 3
"""With fewer gold rows behind a condition the label model is asked instead."""

UNCHECKED_WORTH = 0.35
"""What a labelled row counts as where gold speaks of no condition, so that it checked nothing."""

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Beliefs:
    """For f conditions and k classes: how often each is right, (f, k), by `right` of `n` rows.

    `by_gold` (f,) says which evidence it is; `prior` is what is known of all that gold speaks of.
    """

    shares: Shares
    right: Floats
    n: Floats
    by_gold: Mask
    prior: Prior

    def of(self, condition: int, code: int) -> Belief:
        """Return what is believed of one condition's votes for one class."""
        return Belief(
            evidence="dev gold" if self.by_gold[condition] else "posterior",
            precision=float(self.shares.mean[condition, code]),
            low=float(self.shares.low[condition, code]),
            high=float(self.shares.high[condition, code]),
            n=round(float(self.n[condition, code])),
            right=round(float(self.right[condition, code])),
        )

    def by_counts(self, right: int, n: int, code: int) -> Belief:
        """Return what is believed where dev gold says that `right` of `n` votes are right."""
        counts = np.zeros((2, 1, self.n.shape[1]))
        counts[:, 0, code] = right, n
        known = self.prior.shares(*counts)
        mean, low, high = (float(of[0, code]) for of in (known.mean, known.low, known.high))
        return Belief("dev gold", mean, low, high, n, right)


def beliefs(snapshot: Snapshot, sample: Sample) -> Beliefs:
    """Return what is believed of every condition, voting for every class, wherever it holds."""
    rows, k = sample.row_ids, len(snapshot.classes)
    covered = snapshot.model_matrix.covered[rows]
    chances = np.zeros((rows.size, k)) if snapshot.posterior is None else snapshot.posterior[rows]
    return judged(snapshot, sample, snapshot.dev_gold[rows], np.where(covered[:, None], chances, 0))


def judged(
    snapshot: Snapshot, sample: Sample, gold: npt.NDArray[np.int8], chances: Floats
) -> Beliefs:
    """Return how often each of k answers is right, wherever a condition holds.

    `gold` (s,) has the right answer of each row of the sample, -1 where it is not known, `chances`
    (s, k) what the label model thinks of each, all 0 where it thinks nothing.
    """
    by_hand = gold_beliefs(sample.has, gold, np.ones(chances.shape, np.bool_))
    by_gold = by_hand.n[:, 0] >= LEAST_GOLD
    labels = _expected(snapshot, sample, (gold < 0) & chances.any(axis=1), chances)
    each = _worth(sample.has[gold >= 0], by_hand, labels)
    expected, n = each * labels[0], np.repeat(each * labels[1][:, None], labels[0].shape[1], axis=1)
    by_labels = by_hand.prior.shares(expected, n)
    chosen = by_gold[:, None]
    return Beliefs(
        Shares(
            np.where(chosen, by_hand.shares.mean, by_labels.mean),
            np.where(chosen, by_hand.shares.low, by_labels.low),
            np.where(chosen, by_hand.shares.high, by_labels.high),
        ),
        np.where(chosen, by_hand.right, expected),
        np.where(chosen, by_hand.n, n),
        by_gold,
        by_hand.prior,
    )


def gold_beliefs(has: sparse.csc_matrix, gold: npt.NDArray[np.int8], where: Mask) -> Beliefs:
    """Return what dev gold says on the rows `where` (s, k): those on which class k would be new."""
    known = where & (gold >= 0)[:, None]
    is_class = gold[:, None] == np.arange(where.shape[1])
    n = np.asarray(has.T @ known.astype(np.float64), dtype=np.float64)
    right = np.asarray(has.T @ (known & is_class).astype(np.float64), dtype=np.float64)
    speaks = unlike(has[known.any(axis=1)]) & (n.max(axis=1) >= LEAST_GOLD)
    prior = learned(right[speaks], n[speaks])
    return Beliefs(prior.shares(right, n), right, n, np.ones(n.shape[0], dtype=np.bool_), prior)


def unlike(has: sparse.csc_matrix) -> Mask:
    """Return which conditions (f,) hold on other rows (s, f) than every one before them."""
    marks = np.random.default_rng(0).random((has.shape[0], 1))
    sums = np.asarray(has.T @ marks, dtype=np.float64).ravel()
    first = np.unique(np.round(sums, 9), return_index=True)[1]
    found = np.zeros(has.shape[1], dtype=np.bool_)
    found[first] = True
    return found


def _worth(has: sparse.csc_matrix, by_hand: Beliefs, labels: tuple[Floats, Floats]) -> float:
    """Return how many gold rows one labelled row is worth, by the conditions that have both."""
    expected, effective = labels
    both = np.flatnonzero(unlike(has) & (by_hand.n[:, 0] >= LEAST_GOLD) & (effective >= 1))
    codes = expected[both].argmax(axis=1)
    gold = by_hand.right[both, codes], by_hand.n[both, codes]
    if both.size == 0:
        return UNCHECKED_WORTH
    return worth(by_hand.prior, codes, (expected[both, codes], effective[both]), gold)


def _expected(
    snapshot: Snapshot, sample: Sample, labelled: Mask, chances: Floats
) -> tuple[Floats, Floats]:
    """Return expected right rows (f, k) and effective rows (f,), by the `labelled` rows (s,)."""
    f, k = sample.has.shape[1], chances.shape[1]
    if not labelled.any():
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
    mean = np.asarray(has.T @ chances[labelled]) / np.maximum(n, 1e-9)[:, None]
    return mean * effective[:, None], effective
