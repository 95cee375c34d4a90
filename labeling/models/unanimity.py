"""Which rows' votes all name one class, kept up to date while single functions change.

A row of v votes, each a class of number c = 1, 2, ..., has them all alike exactly where

    v * (sum of c²) = (sum of c)²

for by Cauchy and Schwarz the left side is greater for any others. One function's votes move the
three sums of the rows that it votes on, and of no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.models.vote_blocks import for_blocks
from labeling.votes import Votes

BLOCK_ROWS = 131_072
"""With fewer, the steps are so short that threads wait for each other most of the time."""

Sums = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Unanimity:
    """The sums of n rows' votes, and what follows from them.

    `sole` int8 (n,): the only class that the votes of a row name, -1 for none or several.
    `covered_rows`: how many rows have a vote. `sums` int32 (3, n): how many votes a row has, and
    the sums of their classes, counted from 1, and of the classes' squares.
    """

    sole: Votes
    covered_rows: int
    sums: Sums

    @classmethod
    def of_no_votes(cls, n_rows: int) -> "Unanimity":
        """Return what holds of n rows before any vote."""
        return cls(np.full(n_rows, -1, dtype=np.int8), 0, np.zeros((3, n_rows), dtype=np.int32))

    def changed(self, added: Iterable[Votes], removed: Iterable[Votes]) -> "Unanimity":
        """Return what holds with the votes `added`, and without those `removed`, int8 (n,) each."""
        changes: list[tuple[Votes, np.ufunc]] = [(column, np.add) for column in added]
        changes += [(column, np.subtract) for column in removed]
        if not changes:
            return self
        sole, sums = np.empty_like(self.sole), np.empty_like(self.sums)

        # Whole blocks, and not the rows that have a vote: to pick these out takes longer.
        def fill(rows: slice) -> None:
            of_block = sums[:, rows]
            of_block[:] = self.sums[:, rows]
            for column, change in changes:
                numbers = np.maximum(column[rows], -1).astype(np.int32)
                numbers += 1
                parts = (numbers > 0, numbers, numbers * numbers)
                for kept, part in zip(of_block, parts, strict=True):
                    change(kept, part, out=kept)
            sole[rows] = _sole(of_block)

        for_blocks(sole.size, fill, BLOCK_ROWS)
        return Unanimity(sole, int(np.count_nonzero(sums[0])), sums)


def _sole(sums: Sums) -> Votes:
    """Return the only class that is named, int8 (b,), from the sums (3, b)."""
    # These are whole numbers far below 2 ** 53, so that floats hold them exactly.
    votes, total, squares = sums.astype(np.float64)
    numbers = total / np.maximum(votes, 1.0)
    # Without a vote all sums are 0, and so is the number.
    numbers *= votes * squares == total * total
    return np.asarray(numbers.astype(np.int8) - np.int8(1))
