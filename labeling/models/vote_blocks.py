"""Votes of a block of rows as a sparse matrix, so that adding them up is one product.

A vote is a pair `f = j * k + l`: function j votes class l. With a row of the matrix for each row
and a one for each vote, the sums of a block are the matrix times what each pair adds. The product
runs outside of Python's lock, so that two threads add up two blocks at once.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from scipy import sparse

from labeling.models.contract import Floats
from labeling.votes import Votes

BLOCK_ROWS = 32_768
"""So few that a block stays near the processor, and so many that threads do not wait for Python."""
THREADS = 2

Indices = npt.NDArray[np.int32]
"""As sparse matrices of SciPy want them."""


class Ones:
    """As many ones as are asked for: blocks share the values of their votes, which all are 1."""

    def __init__(self) -> None:
        self._ones = np.ones(0)

    def first(self, size: int) -> Floats:
        """Return `size` ones that must not be changed; from any thread."""
        ones = self._ones
        if size > ones.size:
            self._ones = ones = np.ones(size + size // 4)
        return ones[:size]


def vote_block(votes: Votes, n_classes: int, ones: Ones) -> sparse.csr_matrix:
    """Return votes (b, m) as a sparse matrix (b, m * k): 1 where the pair is voted.

    Times what each pair adds to every class, (m * k, k), it is what the votes of each row add.
    """
    pairs, ends = voted_pairs(votes, n_classes)
    shape = (votes.shape[0], votes.shape[1] * n_classes)
    return sparse.csr_matrix((ones.first(pairs.size), pairs, ends), shape=shape)


def voted_pairs(votes: Votes, n_classes: int) -> tuple[Indices, Indices]:
    """Return the pairs that rows (b, m) vote, row by row, (v,), and where each row's end (b + 1,).

    The first row's pairs end at `ends[1]`; `ends[0]` is 0.
    """
    n_rows, n_functions = votes.shape
    row_by_row = votes.ravel()
    cells = np.flatnonzero(row_by_row >= 0)
    rows, functions = np.divmod(cells, max(n_functions, 1))
    pairs = (functions * n_classes + row_by_row[cells]).astype(np.int32)
    ends = np.zeros(n_rows + 1, dtype=np.int32)
    np.cumsum(np.bincount(rows, minlength=n_rows), out=ends[1:])
    return pairs, ends


def for_blocks(n_rows: int, work: Callable[[slice], None], block_rows: int = BLOCK_ROWS) -> None:
    """Do `work` for the rows of every block, on two threads where there are several blocks."""
    blocks = list(_blocks(n_rows, block_rows))
    if len(blocks) < 2:
        for block in blocks:
            work(block)
        return
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in threads.map(work, blocks):
            pass


def _blocks(n_rows: int, block_rows: int) -> Iterator[slice]:
    for first in range(0, n_rows, block_rows):
        yield slice(first, min(first + block_rows, n_rows))
