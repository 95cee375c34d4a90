"""Which conditions to propose: those that set most rows right, at the least, beyond chance.

A condition with lower bound l of its precision, by the rows that speak of it alone (Wilson), new on
n rows, is worth n (l - c): c is the share that chance alone would get right. It is worth nothing
where all that is known says that it is no better than c. After the best one is taken, its rows are
new no more for the others, so that the list holds different ideas.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.intervals import wilson_bounds
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
    beyond = np.where(found.shares.mean > chance, low - chance, 0.0)
    new = np.asarray(sample.has.T @ needs.astype(np.float64))
    return Search(_chosen(sample, needs, beyond, new, wanted), found)


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
    least = max(_LEAST_NEW, _LEAST_SHARE * needs.shape[0])
    worth = np.where((beyond > 0) & (new >= least), beyond * new, 0.0)
    first = np.argsort(-worth, axis=None, kind="stable")[:_LOOKED_AT]
    pairs = [divmod(int(one), worth.shape[1]) for one in first if worth.flat[one] > 0]
    if not pairs:
        return ()
    holds = [(sample.has[:, [i]].toarray().ravel() > 0) & needs[:, code] for i, code in pairs]
    margin = np.array([beyond[pair] for pair in pairs])
    rank = [(sample.conditions[i].rank, len(sample.conditions[i].slug)) for i, _ in pairs]
    taken: list[int] = []
    for _ in range(min(wanted, len(pairs))):
        left = np.array([mask.sum() for mask in holds]) * margin
        best = max(range(len(pairs)), key=lambda j: (left[j], tuple(-part for part in rank[j])))
        if left[best] <= 0 or holds[best].sum() < least:
            break
        taken.append(best)
        rows = holds[best]
        holds = [mask & ~rows for mask in holds]
    return tuple(Candidate(*pairs[j]) for j in taken)
