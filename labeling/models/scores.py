"""The pass over all votes: adds up what each vote says, block by block.

Votes are sparse, so a function costs as much as it votes: one index per vote and one addition. Rows
go in blocks that stay in the processor's cache, two blocks at a time.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from labeling.models.contract import Floats, Ints
from labeling.votes import Votes

BLOCK_ROWS = 32_768
THREADS = 2

Finish = Callable[[Floats, Ints], None]
"""Turns the sums of a block (k, b), in place, into the answer.

It is given the only class that the votes of each row name, (b,), -1 where there is no such class.
"""


def summed(votes: Votes, weights: Floats, start: Floats, finish: Finish) -> Floats:
    """Return `finish(start + sum over votes of weights)`, float64 (n, k), for votes int8 (n, m).

    `weights` (m, k): what function j adds to the class it votes for; or (m, k, k): what its vote
    for class l adds to every class, at [j, l]. `start` (k,): what every row has before any vote.
    """
    n_rows = votes.shape[0]
    sums = np.empty((n_rows, start.size))
    # A gather down one column is fast only where the column lies in one piece.
    columns = np.asfortranarray(votes)

    def fill(first: int) -> None:
        block = columns[first : first + BLOCK_ROWS]
        # Class by class, so that what is done to every row is done to neighbours in memory.
        part = np.repeat(start[:, None], block.shape[0], axis=1)
        _add_votes(part, block, weights)
        finish(part, sole_classes(block))
        sums[first : first + BLOCK_ROWS] = part.T

    blocks = range(0, n_rows, BLOCK_ROWS)
    if len(blocks) < 2:
        for first in blocks:
            fill(first)
        return sums
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(fill, blocks):
            pass
    return sums


def _add_votes(sums: Floats, votes: Votes, weights: Floats) -> None:
    n_rows = votes.shape[0]
    flat = sums.reshape(-1)
    for j in range(votes.shape[1]):
        column = votes[:, j]
        rows = np.flatnonzero(column >= 0)
        if rows.size == 0:
            continue
        labels = column[rows].astype(np.int64)
        if weights.ndim == 2:
            flat[labels * n_rows + rows] += weights[j][labels]
        else:
            for total, added in zip(sums, weights[j].T, strict=True):
                total[rows] += added[labels]


def sole_classes(votes: Votes) -> Ints:
    """Return the only class that each row of votes (n, m) names, (n,), -1 for none or several."""
    if votes.shape[1] == 0:
        return np.full(votes.shape[0], -1, dtype=np.int64)
    # Read as unsigned, an abstain is above every class: then the least vote is the least class.
    least, most = votes.view(np.uint8).min(axis=1), votes.max(axis=1)
    return np.where(least == most.view(np.uint8), most, -1).astype(np.int64)


def to_probabilities(log_joint: Floats, sole: Ints) -> None:
    """Normalise a block of log joint probabilities (k, b) in place, unanimous rows kept."""
    rows = np.flatnonzero(sole >= 0)
    lift(log_joint, rows, sole[rows])
    log_joint -= log_joint.max(axis=0)
    np.exp(log_joint, out=log_joint)
    log_joint /= log_joint.sum(axis=0)


def shares_of_winners(counts: Floats, otherwise: Floats) -> Floats:
    """Return (k, b): classes with the most votes share a row; `otherwise` (k,) where none has any.

    `counts` (k, b): how many votes each class has.
    """
    most = counts.max(axis=0)
    winners = (counts == most).astype(np.float64)
    winners /= winners.sum(axis=0)
    return np.where(most > 0, winners, otherwise[:, None])


LEAD = 0.05
"""By this much log odds a class that all votes name stands above every other, at the least."""


def lift(log_joint: Floats, rows: Ints, labels: Ints) -> None:
    """Raise, in place, `labels` of `rows` to LEAD above the best other class, where below that."""
    log_joint[labels, rows] -= LEAD
    outdone = log_joint[labels, rows] < log_joint.max(axis=0)[rows]
    log_joint[labels, rows] += LEAD
    rows, labels = rows[outdone], labels[outdone]
    own = log_joint[labels, rows]
    log_joint[labels, rows] = -np.inf
    log_joint[labels, rows] = np.maximum(
        own, log_joint[:, rows].max(axis=0, initial=-np.inf) + LEAD
    )
