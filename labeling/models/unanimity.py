"""Which rows' votes all name one class, kept up to date while single functions change.

A row of v votes, each a class of number c = 1, 2, ..., has them all alike exactly where

    v * (sum of c²) = (sum of c)²

for by Cauchy and Schwarz the left side is greater for any others. One function's votes move the
three sums of the rows that it votes on, and of no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from labeling.models.contract import Ints
from labeling.models.vote_blocks import for_blocks
from labeling.votes import Votes

Sums = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Unanimity:
    """The sums of n rows' votes, and what follows from them.

    `sole` int64 (n,): the only class that the votes of a row name, -1 for none or several.
    `covered_rows`: how many rows have a vote. `votes`, `total`, `squares` int32 (n,): how many
    votes a row has, and the sums of their classes, counted from 1, and of the classes' squares.
    """

    sole: Ints
    covered_rows: int
    votes: Sums
    total: Sums
    squares: Sums

    @classmethod
    def of_no_votes(cls, n_rows: int) -> "Unanimity":
        """Return what holds of n rows before any vote."""
        nothing = np.zeros(n_rows, dtype=np.int32)
        return cls(np.full(n_rows, -1, dtype=np.int64), 0, nothing, nothing, nothing)

    def changed(self, added: Iterable[Votes], removed: Iterable[Votes]) -> "Unanimity":
        """Return what holds with the votes `added`, and without those `removed`, int8 (n,) each."""
        changes = [*((column, 1) for column in added), *((column, -1) for column in removed)]
        if not changes:
            return self
        n_rows = self.sole.size
        sole, sums = np.empty(n_rows, dtype=np.int64), np.empty((3, n_rows), dtype=np.int32)

        def fill(rows: slice) -> None:
            before = (self.votes[rows], self.total[rows], self.squares[rows])
            for kept, values in zip(sums[:, rows], before, strict=True):
                kept[:] = values
            sole[rows] = self.sole[rows]
            columns = [(column[rows], sign) for column, sign in changes]
            moved = np.flatnonzero(reduce(np.logical_or, (votes >= 0 for votes, _ in columns)))
            votes, total, squares = (values[moved] for values in before)
            for column, sign in columns:
                classes = np.maximum(column[moved], -1).astype(np.int32)
                classes += 1
                votes += np.sign(classes) * sign
                total += classes * sign
                classes *= classes
                squares += classes * sign
            for kept, values in zip(sums[:, rows], (votes, total, squares), strict=True):
                kept[moved] = values
            alike = votes.astype(np.int64) * squares == total.astype(np.int64) ** 2
            unanimous = alike & (votes > 0)
            sole[rows][moved] = np.where(unanimous, total // np.maximum(votes, 1) - 1, -1)

        for_blocks(n_rows, fill)
        return Unanimity(sole, int(np.count_nonzero(sums[0])), *sums)
