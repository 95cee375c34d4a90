"""Rows grouped by what all functions vote on them, kept up to date while single functions change.

Where functions are few or vote rarely, a million rows show a few hundred patterns of votes. What a
model says of a row depends on its pattern alone, so it is worked out once for each and handed to
the rows by one look-up. A changed function splits patterns by what it votes now, and those that
differed in its old votes alone become one: some passes over one number a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from labeling.models.contract import Floats, Ints
from labeling.models.scores import sole_classes
from labeling.models.vote_blocks import Ones, for_blocks, vote_block
from labeling.votes import Votes, vote_patterns

ROWS_A_PATTERN = 16
"""With fewer rows a pattern, on the average, it is faster to add up the votes of every row."""
MAX_CHANGED = 6
"""With more functions changed at once, too."""
BLOCK_ROWS = 131_072

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class RowPatterns:
    """The p patterns of n rows' votes, of functions whose votes are `columns`, int8 (n,) each.

    `votes` int8 (p, m), in the order of `columns`; `rows` int64 (p,): how many rows show each;
    `places` (n,): which one each row shows.
    """

    columns: Mapping[str, Votes]
    votes: Votes
    rows: Ints
    places: Places
    n_classes: int

    @classmethod
    def of_no_votes(cls, n_rows: int, n_classes: int) -> Self:
        """Return the one pattern of rows that no function votes on."""
        places = np.zeros(n_rows, dtype=np.intp)
        return cls({}, np.empty((1, 0), dtype=np.int8), np.array([n_rows]), places, n_classes)

    @property
    def covered_rows(self) -> int:
        """How many rows have a vote."""
        return int(self.rows[(self.votes >= 0).any(axis=1)].sum())

    @property
    def are_few(self) -> bool:
        """Whether they are worth it."""
        return self.rows.size * ROWS_A_PATTERN <= self.places.size

    def changed(
        self, columns: Mapping[str, Votes], most: int = MAX_CHANGED
    ) -> "RowPatterns | None":
        """Return the patterns of other votes; None where they are many, or many functions changed.

        Columns that are the same arrays cost nothing.
        """
        gone = [name for name in self.columns if name not in columns]
        new = [name for name, column in columns.items() if self.columns.get(name) is not column]
        if len(gone) + len(new) > most or not self.are_few:
            return None
        patterns = self
        for name in gone:
            patterns = patterns._without(name)
        for name in new:
            patterns = patterns._with(name, columns[name])
            if not patterns.are_few:
                return None
        return patterns._in_order(tuple(columns))

    def added_up(self, by_pair: Floats) -> Floats:
        """Return what the votes of each pattern add to every class, (p, k).

        `by_pair` (m * k, k): what each vote adds.
        """
        return np.asarray(vote_block(self.votes, self.n_classes, Ones()) @ by_pair)

    @property
    def sole(self) -> Votes:
        """The only class that the votes of a pattern name, int8 (p,), -1 for none or several."""
        return sole_classes(self.votes)

    def to_rows(self, of_patterns: Floats) -> Floats:
        """Return for every row what is given for its pattern, (p, k): (n, k), class by class."""
        by_class = np.empty((of_patterns.shape[1], self.places.size))
        given = np.ascontiguousarray(of_patterns.T)

        def fill(rows: slice) -> None:
            for values, kept in zip(given, by_class, strict=True):
                # Places are right; with "raise" they would be copied first, to be checked.
                np.take(values, self.places[rows], out=kept[rows], mode="clip")

        for_blocks(self.places.size, fill, BLOCK_ROWS)
        return by_class.T

    def _without(self, name: str) -> "RowPatterns":
        place = [*self.columns].index(name)
        columns = {other: column for other, column in self.columns.items() if other != name}
        votes = np.delete(self.votes, place, axis=1)
        numbers = np.arange(self.rows.size)
        return self._shown(columns, votes, self.rows, numbers, self.places)

    def _with(self, name: str, column: Votes) -> "RowPatterns":
        """Add a function, or give one that is there other votes."""
        answers = self.n_classes + 1
        split = np.empty_like(self.places)

        def fill(rows: slice) -> None:
            np.multiply(self.places[rows], answers, out=split[rows])
            # Codes below abstain, of rows on which a function failed, are no votes.
            split[rows] += np.maximum(column[rows], -1) + 1

        for_blocks(split.size, fill, BLOCK_ROWS)
        rows = np.bincount(split, minlength=self.rows.size * answers)
        shown = np.flatnonzero(rows)
        before, vote = np.divmod(shown, answers)
        votes, own = self.votes[before], (vote - 1).astype(np.int8)
        if name in self.columns:
            votes[:, [*self.columns].index(name)] = own
        else:
            votes = np.column_stack([votes, own])
        numbers = np.zeros(rows.size, dtype=np.intp)
        numbers[shown] = np.arange(shown.size)
        return self._shown({**self.columns, name: column}, votes, rows[shown], numbers, split)

    def _shown(
        self,
        columns: Mapping[str, Votes],
        votes: Votes,
        rows: Ints,
        numbers: Places,
        cells: Places,
    ) -> "RowPatterns":
        """Return the patterns among `votes` (p, m), shown by `rows` (p,), that may be repeated.

        `cells` (n,) are places in `numbers`, which are places in `votes`.
        """
        distinct = vote_patterns(votes)
        places, numbers = np.empty_like(cells), distinct.inverse[numbers]

        def fill(block: slice) -> None:
            np.take(numbers, cells[block], out=places[block], mode="clip")

        for_blocks(cells.size, fill, BLOCK_ROWS)
        counted = np.bincount(distinct.inverse, weights=rows, minlength=distinct.counts.size)
        return replace(
            self,
            columns=columns,
            votes=distinct.votes,
            rows=counted.astype(np.int64),
            places=places,
        )

    def _in_order(self, names: Sequence[str]) -> "RowPatterns":
        """Return the same with functions in this order."""
        here = [*self.columns]
        if here == [*names]:
            return self
        columns = {name: self.columns[name] for name in names}
        order = [here.index(name) for name in names]
        return replace(self, columns=columns, votes=self.votes[:, order])
