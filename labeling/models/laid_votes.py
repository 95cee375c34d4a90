"""All votes laid out for adding up, and kept so while single functions change.

To lay out all votes anew takes longer than to add them up. So the old votes of a function that
changes stay in the layout and add nothing, and its new votes are added beside it. Everything is
laid out anew when there is time for it, or when more than MAX_BESIDE functions stand beside it.
"""

import copy
import threading
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from labeling.models.contract import Floats
from labeling.models.vote_blocks import Ones, for_blocks, vote_block
from labeling.votes import Votes

MAX_BESIDE = 6


@dataclass(frozen=True, eq=False)
class Tables:
    """What each vote adds: `laid` (pairs, k), and for each function beside, (k, k)."""

    laid: Floats
    beside: list[tuple[Votes, Floats]]


class LaidVotes:
    """The votes of n rows, of functions that come, change and go."""

    def __init__(self, n_rows: int, n_classes: int) -> None:
        self.n_rows, self.n_classes = n_rows, n_classes
        self._places: dict[str, int] = {}
        self._laid: dict[str, Votes] = {}
        self._beside: dict[str, Votes] = {}
        self._blocks: dict[int, sparse.csr_matrix] = {}
        self._n_laid = 0
        self._changing = threading.Lock()

    def fork(self) -> "LaidVotes":
        """Return a copy that can go on its own way and shares what is laid out; any thread may."""
        other = copy.copy(self)
        with self._changing:
            for name in ("_places", "_laid", "_beside", "_blocks"):
                setattr(other, name, dict(getattr(self, name)))
            other._n_laid = self._n_laid
        other._changing = threading.Lock()
        return other

    def bring_to(self, columns: Mapping[str, Votes]) -> None:
        """Take over the votes of all functions, each int8 (n,)."""
        with self._changing:
            self._bring_to(columns)

    def settle(self) -> None:
        """Lay everything out anew where anything stands beside it or is gone; a fork waits."""
        with self._changing:
            if self._beside or len(self._places) < self._n_laid:
                self._lay({**self._laid, **self._beside})

    def _bring_to(self, columns: Mapping[str, Votes]) -> None:
        beside = {
            name: column for name, column in columns.items() if self._laid.get(name) is not column
        }
        if len(beside) > MAX_BESIDE:
            self._lay(columns)
            return
        self._beside = beside
        for name, column in list(self._laid.items()):
            if columns.get(name) is not column:
                del self._laid[name], self._places[name]

    def tables(self, by_pair: Mapping[str, Floats]) -> Tables:
        """Return what each vote adds, given for every function what each class adds, (k, k).

        What stands at a place that no function has any more adds nothing.
        """
        k = self.n_classes
        laid = np.zeros((self._n_laid, k, k))
        for name, place in self._places.items():
            laid[place] = by_pair[name]
        beside = [(column, by_pair[name]) for name, column in self._beside.items()]
        return Tables(laid.reshape(-1, k), beside)

    def added_up(self, rows: slice, tables: Tables) -> Floats:
        """Return what the votes of one block's rows add to every class, (b, k)."""
        if self._n_laid:
            sums = np.asarray(self._blocks[rows.start] @ tables.laid)
        else:
            sums = np.zeros((rows.stop - rows.start, self.n_classes))
        for column, table in tables.beside:
            votes = column[rows]
            voted = np.flatnonzero(votes >= 0)
            # `take` copies whole rows, which indexing does not.
            moved = np.take(sums, voted, axis=0)
            moved += np.take(table, votes[voted], axis=0)
            sums[voted] = moved
        return sums

    def _lay(self, columns: Mapping[str, Votes]) -> None:
        ones, blocks = Ones(), dict[int, sparse.csr_matrix]()

        def lay(rows: slice) -> None:
            votes = np.empty((rows.stop - rows.start, len(columns)), dtype=np.int8)
            for place, column in enumerate(columns.values()):
                votes[:, place] = column[rows]
            blocks[rows.start] = vote_block(votes, self.n_classes, ones)

        for_blocks(self.n_rows, lay)
        # Only now: where there is too little memory, what was laid out before still stands.
        self._places = {name: place for place, name in enumerate(columns)}
        self._laid, self._beside, self._n_laid = dict(columns), {}, len(columns)
        self._blocks = blocks
