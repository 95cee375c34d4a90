"""Chooses a few of many candidates so that each adds something to those before it.

Candidate j is right by m_j more often than chance on each row that it holds on. A list of them is
worth, on every row, the largest m of those that hold there; the next one taken is that which adds
most (Nemhauser, Wolsey and Fisher, "An analysis of approximations for maximizing submodular set
functions", 1978). So a condition on half of all rows does not hide one on a few of them that is
right much more often, and a second name for the same rows adds nothing.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

_LEAST_ADDED = 0.3
"""What adds less than this part of its own worth is an idea that is in the list already."""


def different(
    holds: sparse.csr_matrix,
    margins: npt.NDArray[np.float64],
    simple: Sequence[tuple[Any, ...]],
    wanted: int,
    least: float,
) -> tuple[int, ...]:
    """Return at most `wanted` of c candidates, in the order in which they add most.

    `holds` (c, s) says on which rows each one holds, `margins` (c,) how much better than chance it
    is there. Each has to be better than those before it on `least` rows. Of equals the one whose
    `simple` is smallest comes first.

    >>> holds = sparse.csr_matrix(np.array([[1, 1, 1, 1], [1, 1, 1, 0], [0, 0, 1, 1]]))
    >>> different(holds, np.array([0.2, 0.2, 0.5]), [(0,), (1,), (2,)], 3, 2)
    (2, 0)
    """
    entries, starts = holds.indices, holds.indptr
    of = np.repeat(np.arange(margins.size), np.diff(starts))
    best = np.zeros(holds.shape[1])
    own = margins * np.diff(starts)
    taken: list[int] = []
    for _ in range(min(wanted, margins.size)):
        more = np.maximum(margins[of] - best[entries], 0)
        added = np.bincount(of, weights=more, minlength=margins.size)
        better = np.bincount(of, weights=more > 0, minlength=margins.size)
        open_to = (better >= least) & (added > 0) & (added >= _LEAST_ADDED * own)
        open_to[taken] = False
        if not open_to.any():
            break
        top = added[open_to].max()
        equal = np.flatnonzero(open_to & np.isclose(added, top))
        chosen = min(map(int, equal), key=lambda j: simple[j])
        taken.append(chosen)
        rows = entries[starts[chosen] : starts[chosen + 1]]
        best[rows] = np.maximum(best[rows], margins[chosen])
    return tuple(taken)
