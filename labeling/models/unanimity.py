"""Which rows' votes all name one class, kept up to date while single functions change.

A row of v votes, each a class of number c = 1, 2, ..., has them all alike exactly where

    v * (sum of c²) = (sum of c)²

for by Cauchy and Schwarz the left side is greater for any others. One function's votes move the
three sums of the rows that it votes on, and of no other. The three stand in one number of 63 bits,
so that a vote is one look-up and one addition.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.votes import Votes

BLOCK_ROWS = 16_384
"""So few that what is between stays near the processor: one thread is as fast as two with more."""

Sums = npt.NDArray[np.int64]
TOTAL_BITS, SQUARES_BITS = 21, 28
"""Enough for 16,383 functions that all vote for the 128th class."""
_NUMBERS = np.maximum(np.arange(256).astype(np.uint8).view(np.int8), -1).astype(np.int64) + 1
_ADDED = (
    (_NUMBERS > 0).astype(np.int64) << (TOTAL_BITS + SQUARES_BITS)
    | _NUMBERS << SQUARES_BITS
    | _NUMBERS**2
)
"""What each vote adds, int64 (256,), at its place as an unsigned byte; below 0 is no vote."""


@dataclass(frozen=True, eq=False)
class Unanimity:
    """The sums of n rows' votes, and what follows from them.

    `sole` int8 (n,): the only class that the votes of a row name, -1 for none or several.
    `covered_rows`: how many rows have a vote. `sums` int64 (n,): how many votes a row has, then,
    in the lower TOTAL_BITS + SQUARES_BITS, the sum of their classes, counted from 1, and that of
    the classes' squares.
    """

    sole: Votes
    covered_rows: int
    sums: Sums

    @classmethod
    def of_no_votes(cls, n_rows: int) -> "Unanimity":
        """Return what holds of n rows before any vote."""
        return cls(np.full(n_rows, -1, dtype=np.int8), 0, np.zeros(n_rows, dtype=np.int64))

    def changed(self, added: Iterable[Votes], removed: Iterable[Votes]) -> "Unanimity":
        """Return what holds with the votes `added`, and without those `removed`, int8 (n,) each."""
        changes: list[tuple[Votes, np.ufunc]] = [(column, np.add) for column in added]
        changes += [(column, np.subtract) for column in removed]
        if not changes:
            return self
        sole, sums = np.empty_like(self.sole), np.empty_like(self.sums)

        # Whole blocks, and not the rows that have a vote: to pick these out takes longer.
        for first in range(0, sole.size, BLOCK_ROWS):
            rows = slice(first, first + BLOCK_ROWS)
            before, of_block = self.sums[rows], sums[rows]
            for column, change in changes:
                change(before, _ADDED.take(column[rows].view(np.uint8), mode="clip"), out=of_block)
                before = of_block
            sole[rows] = _sole(of_block)
        return Unanimity(sole, int(np.count_nonzero(sums)), sums)


def _sole(sums: Sums) -> Votes:
    """Return the only class that is named, int8 (b,), from the sums (b,)."""
    votes = sums >> (TOTAL_BITS + SQUARES_BITS)
    total = sums >> SQUARES_BITS & ((1 << TOTAL_BITS) - 1)
    squares = sums & ((1 << SQUARES_BITS) - 1)
    votes *= squares
    alike = votes == total * total
    # Of votes that are alike, each is the sum of squares over the sum; without any both are 0.
    numbers = squares / np.maximum(total, 1)
    numbers *= alike
    return np.asarray(numbers.astype(np.int8) - np.int8(1))
