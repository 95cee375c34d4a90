"""On which rows two versions of a function vote differently, and what that does on dev gold."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.votes import Votes

RowIds = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class VoteDiff:
    """Row ids, int64 and ascending, by what happens to the vote.

    `gained`: only the later version votes; `lost`: only the earlier one; `flipped`: both, for
    different classes. `gold_mended` are those of them whose vote is right on dev gold and was not,
    `gold_broken` those whose vote was right and is not.
    """

    gained: RowIds
    lost: RowIds
    flipped: RowIds
    gold_mended: RowIds
    gold_broken: RowIds


def diff(before: Votes, after: Votes, gold: Votes) -> VoteDiff:
    """Compare the votes of two versions; all int8 (n,), `gold` is dev gold with -1 for unknown.

    >>> votes = np.array([[1, 1, 0, -1], [1, 0, -1, 1]], dtype=np.int8)
    >>> found = diff(votes[0], votes[1], np.array([1, 0, 0, -1], dtype=np.int8))
    >>> [ids.tolist() for ids in (found.gained, found.lost, found.flipped)]
    [[3], [2], [1]]
    >>> found.gold_mended.tolist(), found.gold_broken.tolist()
    ([1], [2])
    """
    voted, votes, known = before >= 0, after >= 0, gold >= 0
    was_right, is_right = known & (before == gold), known & (after == gold)
    return VoteDiff(
        gained=np.flatnonzero(votes & ~voted),
        lost=np.flatnonzero(voted & ~votes),
        flipped=np.flatnonzero(voted & votes & (before != after)),
        gold_mended=np.flatnonzero(is_right & ~was_right),
        gold_broken=np.flatnonzero(was_right & ~is_right),
    )
