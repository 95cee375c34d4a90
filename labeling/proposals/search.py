"""Which conditions to propose: those that set most rows right, at the least, beyond chance.

A condition with lower bound l of its precision, by the rows that speak of it alone (Wilson), new on
n rows, is worth n (l - c): c is the share that chance alone would get right. It is worth nothing
where all that is known says that it is no better than c, or wrong more often than right. After the
best one is taken, its rows are worth to the others only what they would be right more often on them
(`choice`), so that the list holds different ideas, and sure ones on few rows beside bold ones on
many.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from labeling.intervals import wilson_bounds
from labeling.proposals.choice import different
from labeling.proposals.evidence import Beliefs, beliefs, gold_beliefs
from labeling.proposals.proposal import Asked
from labeling.proposals.sample import Sample
from labeling.snapshot import Snapshot

EVEN = 0.5
"""A vote should be right more often than wrong, also where its class is rare."""
_LOOKED_AT = 400
_LEAST_NEW, _LEAST_SHARE = 2, 0.002
"""So many rows, and such a share of all rows, have to be new: less may be an accident."""

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Candidate:
    """A condition of the sample, by number, and the class it would vote for."""

    condition: int
    code: int


@dataclass(frozen=True, eq=False)
class Search:
    """The best candidates, best first, with what is believed of them."""

    candidates: tuple[Candidate, ...]
    beliefs: Beliefs


def search(snapshot: Snapshot, sample: Sample, asked: Asked, wanted: int) -> Search:
    """Return at most `wanted` candidates for the rows that need a vote."""
    needs = needing(snapshot, asked)[sample.row_ids]
    gold = snapshot.dev_gold[sample.row_ids]
    if asked.target == "wrong":
        found = gold_beliefs(sample.has, gold, needs)
        chance = _share_of_gold(gold, needs)
    else:
        found = beliefs(snapshot, sample)
        chance = np.maximum(class_shares(snapshot), EVEN)
    # How many rows speak for it decides among conditions that are good at all.
    low, _ = wilson_bounds(found.right, found.n)
    good = found.shares.mean > np.maximum(chance, EVEN)
    beyond = np.where(good, low - chance, 0.0)
    new = np.asarray(sample.has.T @ needs.astype(np.float64))
    return Search(_chosen(sample, needs, beyond, new, wanted), found)


def worth_looking(snapshot: Snapshot, asked: Asked) -> bool:
    """Tell whether so many rows need something that a suggestion can be for them."""
    if asked.target == "conflicts":
        return bool(snapshot.summary.conflict_rows)
    return int(needing(snapshot, asked).any(axis=1).sum()) >= _least_new(snapshot.n_rows)


def needing(snapshot: Snapshot, asked: Asked) -> Mask:
    """Return on which rows a vote for each class would be new, bool (n, k).

    Uncovered rows need any vote. Where something is wrong on dev gold, rows that it gives another
    class than k may need a vote for k.
    """
    k = len(snapshot.classes)
    if asked.target == "uncovered":
        return np.repeat(~snapshot.model_matrix.covered[:, None], k, axis=1)
    given = snapshot.labels
    if asked.function is not None:
        matrix = snapshot.matrix
        if asked.function not in matrix.names:
            return np.zeros((snapshot.n_rows, k), dtype=np.bool_)
        given = matrix.column(asked.function)
    return np.asarray((given[:, None] >= 0) & (given[:, None] != np.arange(k)), dtype=np.bool_)


def class_shares(snapshot: Snapshot) -> Floats:
    """Return the share of each class (k,), by the label model, else by dev gold."""
    if snapshot.model is not None:
        return np.asarray(snapshot.model.class_balance)
    known = snapshot.dev_gold[snapshot.dev_gold >= 0]
    counted = np.bincount(known, minlength=len(snapshot.classes))
    return np.asarray((counted + 1) / (counted.sum() + counted.size), dtype=np.float64)


def _least_new(n_rows: int) -> float:
    return max(_LEAST_NEW, _LEAST_SHARE * n_rows)


def _share_of_gold(gold: npt.NDArray[np.int8], needs: Mask) -> Floats:
    """Return which share of the gold rows that are given another class has each class, (k,)."""
    shares = []
    for code in range(needs.shape[1]):
        known = gold[needs[:, code] & (gold >= 0)]
        shares.append(float((known == code).mean()) if known.size else 1.0)
    return np.asarray(shares)


def _chosen(
    sample: Sample, needs: Mask, beyond: Floats, new: Floats, wanted: int
) -> tuple[Candidate, ...]:
    """Take the best one after the other; of equals the simplest condition."""
    least = _least_new(needs.shape[0])
    worth = np.where((beyond > 0) & (new >= least), beyond * new, 0.0)
    first = np.argsort(-worth, axis=None, kind="stable")[:_LOOKED_AT]
    pairs = [divmod(int(one), worth.shape[1]) for one in first if worth.flat[one] > 0]
    if not pairs:
        return ()
    held = sparse.csr_matrix(sample.has[:, [i for i, _ in pairs]].T)
    new_to = sparse.csr_matrix(needs[:, [code for _, code in pairs]].T)
    simple = [
        (sample.conditions[i].rank, len(sample.conditions[i].slug), j)
        for j, (i, _) in enumerate(pairs)
    ]
    margins = np.array([beyond[pair] for pair in pairs])
    taken = different(held.multiply(new_to).tocsr(), margins, simple, wanted, least)
    return tuple(Candidate(*pairs[j]) for j in taken)
