"""Which rows label models learn from where there are many: a sample, drawn by how rare votes are.

Each function keeps about ROWS_PER_FUNCTION of its votes or all, and every row counts one over its
chance to be drawn (Horvitz and Thompson 1952). Gold rows are always kept.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from labeling.models.contract import Floats, Ints
from labeling.votes import Votes

SAMPLED_ABOVE = 25_000
"""Of so many rows all are learned from."""
SAMPLED_ROWS = 20_000
ROWS_PER_FUNCTION = 500


def sampled_rows(
    votes_cast: Floats, rows_of: Callable[[int], Ints], gold: Ints | Votes, seed: int
) -> tuple[slice | Ints, Floats]:
    """Return the rows to learn from, and how many rows each of them stands for.

    `votes_cast` (m,): on how many rows each function votes; `rows_of(j)`: on which.
    """
    n_rows = gold.size
    if n_rows <= SAMPLED_ABOVE:
        return slice(None), np.ones(n_rows)
    least = SAMPLED_ROWS / n_rows
    chance = np.full(n_rows, least, dtype=np.float32)
    for j, votes in enumerate(votes_cast):
        wanted = np.float32(min(ROWS_PER_FUNCTION / max(votes, 1.0), 1.0))
        if wanted > least:
            rows = rows_of(j)
            chance[rows] = np.maximum(chance[rows], wanted)
    chance[gold >= 0] = 1.0
    drawn = np.flatnonzero(_lots(n_rows, seed) < chance)
    return drawn, 1.0 / chance[drawn].astype(np.float64)


@lru_cache(maxsize=1)
def _lots(n_rows: int, seed: int) -> npt.NDArray[np.float32]:
    """Return a number in [0, 1) for each row, float32 (n,), the same at every fit."""
    # A stream of its own: votes simulated from the same plain seed would be drawn by their values.
    lots = np.random.default_rng((seed, 11_679)).random(n_rows, dtype=np.float32)
    lots.flags.writeable = False
    return lots
