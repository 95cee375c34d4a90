"""Votes of labeling functions: the one value between running functions and everything after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

ABSTAIN = -1
"""The vote of a function that ran and stayed silent."""

Votes = npt.NDArray[np.int8]
"""Class codes 0..k-1, or ABSTAIN: shape (n,) for one function, (n, m) for m functions."""


@dataclass(frozen=True, eq=False)
class Patterns:
    """The distinct rows of a vote matrix with their counts.

    `votes` int8 (p, m) the distinct rows, `counts` int64 (p,), `inverse` int64 (n,): the pattern
    of each row, so that `votes[inverse]` is the matrix again.
    """

    votes: Votes
    counts: npt.NDArray[np.int64]
    inverse: npt.NDArray[np.int64]


class LabelMatrix:
    """Units x functions, immutable: changing one function gives a new matrix that shares the rest.

    Columns are kept one array per function, so that one function's change touches one column.
    """

    def __init__(self, columns: Mapping[str, Votes], n_rows: int) -> None:
        for name, column in columns.items():
            if column.dtype != np.int8 or column.shape != (n_rows,):
                raise ValueError(
                    f"votes of {name!r}: expected int8 of shape ({n_rows},), "
                    f"got {column.dtype} of shape {column.shape}"
                )
        self._columns = dict(columns)
        self.n_rows = n_rows

    @property
    def names(self) -> tuple[str, ...]:
        """The functions, in column order."""
        return tuple(self._columns)

    def column(self, name: str) -> Votes:
        """Return the votes of one function, int8 (n,)."""
        return self._columns[name]

    def same_as(self, other: "LabelMatrix") -> bool:
        """Whether the columns are those of another matrix; none is ever changed in place."""
        mine, others = self._columns, other._columns
        return (
            self.n_rows == other.n_rows
            and self.names == other.names
            and all(mine[name] is others[name] for name in mine)
        )

    @cached_property
    def votes(self) -> Votes:
        """All votes, int8 (n, m), stored function by function."""
        if not self._columns:
            return np.empty((self.n_rows, 0), dtype=np.int8)
        return np.stack(list(self._columns.values())).T

    def with_columns(self, columns: Mapping[str, Votes]) -> "LabelMatrix":
        """Return a matrix with these functions added or replaced."""
        return LabelMatrix({**self._columns, **columns}, self.n_rows)

    def select(self, names: Sequence[str]) -> "LabelMatrix":
        """Return a matrix of just these functions, in this order."""
        return LabelMatrix({name: self._columns[name] for name in names}, self.n_rows)

    @cached_property
    def covered(self) -> npt.NDArray[np.bool_]:
        """Whether at least one function votes, bool (n,)."""
        covered = np.zeros(self.n_rows, dtype=np.bool_)
        for column in self._columns.values():
            covered |= column >= 0
        return covered


def vote_patterns(votes: Votes) -> Patterns:
    """Return the distinct rows of `votes` (n, m), found through a 64-bit linear row hash.

    Two different rows share a hash with probability below n^2 / 2^64. Every row is compared with
    its pattern, so a collision is noticed, and then rows are compared in full.
    """
    n_rows, n_functions = votes.shape
    if n_rows == 0 or n_functions == 0:
        kept = min(n_rows, 1)
        return Patterns(
            votes[:kept].copy(),
            np.full(kept, n_rows, dtype=np.int64),
            np.zeros(n_rows, dtype=np.int64),
        )
    hashes, inverse, counts = np.unique(_row_hashes(votes), return_inverse=True, return_counts=True)
    # Any row of each: to be asked for the first one, NumPy sorts several times as long.
    row = np.empty(hashes.size, dtype=np.int64)
    row[inverse] = np.arange(n_rows)
    # Column by column: a gather within one column stays in the processor's cache.
    columns = [votes[:, j][row] for j in range(n_functions)]
    if all(np.array_equal(column[inverse], votes[:, j]) for j, column in enumerate(columns)):
        return Patterns(np.stack(columns).T, counts.astype(np.int64), inverse.astype(np.int64))
    return _patterns_in_full(votes)


def _row_hashes(votes: Votes) -> npt.NDArray[np.int64]:
    """Return the sum of votes times one fixed random number per function, modulo 2^64."""
    n_rows, n_functions = votes.shape
    weights = np.random.default_rng(20_240_607).integers(1, 2**63 - 1, size=(n_functions,))
    hashes = np.zeros(n_rows, dtype=np.int64)
    weighted = np.empty(n_rows, dtype=np.int64)
    for j in range(n_functions):
        np.multiply(votes[:, j], weights[j], out=weighted)
        hashes += weighted
    return hashes


def _patterns_in_full(votes: Votes) -> Patterns:
    rows = np.ascontiguousarray(votes).view(np.dtype((np.void, votes.shape[1]))).ravel()
    _, first, inverse, counts = np.unique(
        rows, return_index=True, return_inverse=True, return_counts=True
    )
    return Patterns(votes[first], counts.astype(np.int64), inverse.astype(np.int64))
