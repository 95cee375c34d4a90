"""The pass over all votes: adds up what each vote says, block by block, and what sums become."""

from collections.abc import Callable

import numpy as np

from labeling.models.contract import Floats, Ints
from labeling.models.vote_blocks import Ones, for_blocks, vote_block
from labeling.votes import Votes

Finish = Callable[[Floats, Votes], None]
"""Turns the sums of a block (k, b), in place, into the answer.

It is given the only class that the votes of each row name, int8 (b,), -1 where there is none.
"""


def summed(votes: Votes, by_pair: Floats, start: Floats, finish: Finish) -> Floats:
    """Return `finish(start + sum over votes of by_pair)`, float64 (n, k), for votes int8 (n, m).

    `by_pair` (m * k, k): what function j adds to every class where it votes for class l, in row
    j * k + l. `start` (k,): what every row has before any vote.
    """
    by_class = np.empty((start.size, votes.shape[0]))
    ones = Ones()

    def fill(rows: slice) -> None:
        sums = np.asarray(vote_block(votes[rows], start.size, ones) @ by_pair)
        finished(sums, start, sole_classes(votes[rows]), finish, by_class[:, rows])

    for_blocks(votes.shape[0], fill)
    return by_class.T


def finished(
    sums: Floats, start: Floats, sole: Votes, finish: Finish, by_class: Floats | None = None
) -> Floats:
    """Return what `finish` makes of `start` (k,) and the sums of b rows, (b, k).

    With `by_class` (k, b) that is where the answer stands. It is laid out class by class, so that
    what is done to every row is done to neighbours in memory.
    """
    if by_class is None:
        by_class = np.empty(sums.shape[::-1])
    np.add(sums.T, start[:, None], out=by_class)
    finish(by_class, sole)
    return by_class.T


def sole_classes(votes: Votes) -> Votes:
    """Return the only class that rows of votes (n, m) name, int8 (n,), -1 for none or several."""
    if votes.shape[1] == 0:
        return np.full(votes.shape[0], -1, dtype=np.int8)
    # Read as unsigned, an abstain is above every class: then the least vote is the least class.
    least, most = votes.view(np.uint8).min(axis=1), votes.max(axis=1)
    return np.where(least == most.view(np.uint8), most, np.int8(-1))


LEAD = np.exp(0.05)
"""So many times as probable as any other is a class that all votes name, at the least."""


def to_probabilities(log_joint: Floats, sole: Votes) -> None:
    """Normalise a block of log joint probabilities (k, b) in place, unanimous rows kept."""
    log_joint -= log_joint.max(axis=0)
    np.exp(log_joint, out=log_joint)
    log_joint /= log_joint.sum(axis=0)
    rows = np.flatnonzero(sole >= 0)
    _raise(log_joint, rows, sole[rows])


def _raise(probabilities: Floats, rows: Ints, labels: Votes) -> None:
    """Raise, in place, `labels` of `rows` to LEAD times the best other class, where below that."""
    own = probabilities[labels, rows]
    # Where it has more than this share, even all others together are LEAD times less.
    behind = np.flatnonzero(own < LEAD / (1 + LEAD))
    if behind.size == 0:
        return
    some, label, row = probabilities[:, rows[behind]], labels[behind], np.arange(behind.size)
    some[label, row] = 0.0
    some[label, row] = np.maximum(own[behind], some.max(axis=0) * LEAD)
    some /= some.sum(axis=0)
    probabilities[:, rows[behind]] = some


def shares_of_winners(counts: Floats, otherwise: Floats) -> Floats:
    """Return (k, b): classes with the most votes share a row; `otherwise` (k,) where none has any.

    `counts` (k, b): how many votes each class has.
    """
    most = counts.max(axis=0)
    winners = (counts == most).astype(np.float64)
    winners /= winners.sum(axis=0)
    return np.where(most > 0, winners, otherwise[:, None])
