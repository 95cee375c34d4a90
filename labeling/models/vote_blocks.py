"""Votes of a block of rows, laid out so that adding them up is takes and adds of neighbours.

A vote is a pair `f = j * k + l`: function j votes class l. The rows of a block stand in the order
of how many votes they have, and votes in jagged diagonals (Saad 1989): first the first vote of
every row, then the second vote of the rows that have two, and so on. What a diagonal adds is one
take from a small table and one addition to the first rows of the block; nothing is scattered.

What a block is worked out in is kept from block to block: new memory costs more than the sums.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from labeling.models.contract import Floats, Ints
from labeling.votes import Votes

BLOCK_ROWS = 65_536
"""Few enough for the processor's cache, and so many that two threads do not queue for Python."""
THREADS = 2

Pairs = npt.NDArray[np.unsignedinteger[Any]]


class Scratch(threading.local):
    """The arrays that a thread works out blocks of up to BLOCK_ROWS rows and k classes in."""

    def __init__(self, n_rows: int, n_classes: int) -> None:
        shape = (min(n_rows, BLOCK_ROWS), n_classes)
        self._added, self._ordered, self._sums = np.empty(shape), np.empty(shape), np.empty(shape)
        self._by_class = np.empty(shape[0] * n_classes)

    def arrays(self, n_rows: int) -> tuple[Floats, Floats, Floats]:
        """Return three arrays (b, k) for a block of b rows: each block's are the next one's too."""
        return self._added[:n_rows], self._ordered[:n_rows], self._sums[:n_rows]

    def by_class(self, sums: Floats) -> Floats:
        """Return a copy (k, b) of sums (b, k), so that the rows of a class are neighbours."""
        turned = self._by_class[: sums.size].reshape(sums.shape[::-1])
        turned[:] = sums.T
        return turned


@dataclass(frozen=True, eq=False)
class VoteBlock:
    """The votes of b rows of m functions and k classes.

    `places` int64 (b,): where each row stands when rows are ordered by falling number of votes.
    `pairs` (v,): the diagonals one after the other; `ends` (d + 1,): where each starts and ends.
    The pair m * k is no vote: it stands where a vote was taken out.
    """

    places: Ints
    pairs: Pairs
    ends: Ints
    n_pairs: int

    def without(self, first: int, last: int) -> "VoteBlock":
        """Return the block without the votes that are pairs from `first` to below `last`."""
        pairs = self.pairs.copy()
        # Unsigned, what is below `first` is above everything.
        pairs[(pairs - pairs.dtype.type(first)) < last - first] = self.n_pairs
        return VoteBlock(self.places, pairs, self.ends, self.n_pairs)

    def added_up(self, table: Floats, start: Floats, scratch: Scratch) -> Floats:
        """Return `start` (k,) and what the votes of each row add, (b, k), an array of `scratch`.

        `table` (m * k + 1, k): what each pair adds to every class, and 0 for no vote.
        """
        added, ordered, sums = scratch.arrays(self.places.size)
        ordered[:] = start
        for first, last in pairwise(self.ends.tolist()):
            rows = last - first
            np.take(table, self.pairs[first:last], axis=0, out=added[:rows], mode="clip")
            ordered[:rows] += added[:rows]
        return np.take(ordered, self.places, axis=0, out=sums, mode="clip")


def vote_block(votes: Votes, n_classes: int) -> VoteBlock:
    """Return votes (b, m) laid out."""
    n_rows, n_functions = votes.shape
    n_pairs = n_functions * n_classes
    row_by_row = votes.ravel()
    cells = np.flatnonzero(row_by_row >= 0)
    rows, functions = np.divmod(cells, max(n_functions, 1))
    pairs = functions * n_classes + row_by_row[cells]
    counts = np.bincount(rows, minlength=n_rows)
    order = np.argsort(-counts, kind="stable")
    places = np.empty_like(order)
    places[order] = np.arange(order.size)
    diagonal = np.arange(cells.size) - np.repeat(np.cumsum(counts) - counts, counts)
    ends = np.concatenate([[0], np.cumsum(np.bincount(diagonal))])
    small = np.min_scalar_type(n_pairs).itemsize <= 2
    laid: Pairs = np.empty(cells.size, dtype=np.uint16 if small else np.uint32)
    laid[ends[diagonal] + places[rows]] = pairs
    return VoteBlock(places, laid, ends, n_pairs)


def pair_table(by_pair: Floats) -> Floats:
    """Return what each pair adds (m * k, k), and a last row of zeros: no vote adds nothing."""
    return np.concatenate([by_pair, np.zeros((1, by_pair.shape[1]))])


def for_blocks(n_rows: int, work: Callable[[slice], None]) -> None:
    """Do `work` for the rows of every block, on two threads where there are several blocks."""
    blocks = list(_blocks(n_rows))
    if len(blocks) < 2:
        for block in blocks:
            work(block)
        return
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(work, blocks):
            pass


def _blocks(n_rows: int) -> Iterator[slice]:
    for first in range(0, n_rows, BLOCK_ROWS):
        yield slice(first, min(first + BLOCK_ROWS, n_rows))
