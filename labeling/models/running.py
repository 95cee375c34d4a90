"""Votes kept up to date: one changed function costs by its own votes, and not by all votes.

A person who edits one function of fifty should not wait for the other forty-nine. What is kept is
how often each function votes what, and which pattern of votes each row shows
(`labeling.models.row_patterns`). Patterns are found when there is time for it; where there are too
many, and until they are found, the votes of all functions are laid out so that the sums of all rows
are quickly added up (`labeling.models.laid_votes`).

Sums are not kept: after an edit, agreement between functions moves the weight of every vote.

A fit on `RunningVotes.fires` and a posterior from `RunningVotes.posterior` equal a fit on all
votes; only the order of additions differs.
"""

import copy
import threading
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from labeling.models.contract import Floats, Ints, LabelModel
from labeling.models.drawn_rows import sampled_rows
from labeling.models.fires import Fires, fires_of_rows
from labeling.models.laid_votes import LaidVotes
from labeling.models.row_patterns import RowPatterns
from labeling.models.scores import finished
from labeling.models.unanimity import Unanimity
from labeling.models.vote_blocks import for_blocks
from labeling.models.vote_model import VoteModel
from labeling.vote_bits import bits_of
from labeling.votes import LabelMatrix, Votes


@dataclass(frozen=True, eq=False)
class _Voted:
    """The votes of one function, int8 (n,), and how often it votes each class, float64 (k,)."""

    column: Votes
    counts: Floats

    @cached_property
    def rows(self) -> Ints:
        """The rows on which it votes, int64 (f,)."""
        return np.flatnonzero(self.column >= 0)


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The rows that models learn from, int64 (r,), and what functions vote there, int8 (r,)."""

    rows: Ints
    votes: dict[_Voted, Votes]


class RunningVotes:
    """The votes of all functions of a project, of n rows and k classes."""

    def __init__(self, n_rows: int, n_classes: int, seed: int = 0) -> None:
        self.n_rows, self.n_classes, self.seed = n_rows, n_classes, seed
        self._voted: dict[str, _Voted] = {}
        self._counted: RowPatterns | Unanimity = Unanimity.of_no_votes(n_rows)
        self._too_many: float = np.inf  # of so many functions, patterns were too many
        self._laid = LaidVotes(n_rows, n_classes)
        self._drawn = _Drawn(np.empty(0, dtype=np.int64), {})
        self._changing = threading.Lock()

    def fork(self) -> "RunningVotes":
        """Return a copy that can go on its own way and shares what was counted; any thread may."""
        with self._changing:
            other = copy.copy(self)
            other._laid = self._laid.fork()
        other._changing = threading.Lock()
        return other

    def update(self, matrix: LabelMatrix) -> None:
        """Take over the votes of `matrix`; columns that are the same arrays cost nothing."""
        if matrix.n_rows != self.n_rows:
            raise ValueError(f"votes of {matrix.n_rows} rows, expected {self.n_rows}")
        before = self._voted
        after = {
            name: before[name]
            if name in before and before[name].column is matrix.column(name)
            else _voted(matrix.column(name), self.n_classes)
            for name in matrix.names
        }
        counted = self._counted
        if isinstance(counted, RowPatterns):
            patterns = counted.changed(_columns(after))
            counted = patterns or Unanimity.of_no_votes(self.n_rows)
            before = {}
        if isinstance(counted, Unanimity):
            added = [one.column for name, one in after.items() if before.get(name) is not one]
            removed = [one.column for name, one in before.items() if after.get(name) is not one]
            counted = counted.changed(added, removed)
        with self._changing:
            self._voted, self._counted = after, counted

    def fires(self, gold: Ints | Votes) -> Fires:
        """Return what label models learn from, with gold (n,), -1 where unknown."""
        voted = [*self._voted.values()]
        counts = np.stack([one.counts for one in voted]) if voted else np.zeros((0, self.n_classes))
        rows, weights = sampled_rows(counts.sum(axis=1), lambda j: voted[j].rows, gold, self.seed)
        votes = self._votes_on(rows, voted) if voted else np.empty((weights.size, 0), dtype=np.int8)
        return fires_of_rows(
            votes, weights, gold[rows], counts, self.n_rows, self._counted.covered_rows
        )

    def settle(self) -> None:
        """Make what follows faster; to be called when there is nothing else to do."""
        if isinstance(self._counted, RowPatterns):
            return
        if len(self._voted) < self._too_many:
            none = RowPatterns.of_no_votes(self.n_rows, self.n_classes)
            patterns = none.changed(_columns(self._voted), most=len(self._voted))
            if patterns is not None:
                with self._changing:
                    self._counted = patterns
                    self._laid = LaidVotes(self.n_rows, self.n_classes)
                return
            self._too_many = len(self._voted)
        self._laid.settle()

    def _votes_on(self, rows: slice | Ints, voted: list[_Voted]) -> Votes:
        """Return what functions vote on these rows, int8 (r, m)."""
        if isinstance(rows, slice):
            return np.stack([one.column[rows] for one in voted]).T
        # Mostly the same rows are drawn again, and one function of many is new.
        known = self._drawn.votes if np.array_equal(rows, self._drawn.rows) else {}
        votes = {one: known[one] if one in known else one.column[rows] for one in voted}
        self._drawn = _Drawn(rows, votes)
        return np.stack([*votes.values()]).T

    def posterior(self, model: LabelModel, matrix: LabelMatrix) -> Floats:
        """Return what `model`, fitted on `fires`, says of every row, float64 (n, k)."""
        if not isinstance(model, VoteModel):
            return model.predict_proba(matrix.votes)
        own = model.labelling
        start = own.start()
        counted = self._counted
        if isinstance(counted, RowPatterns):
            sums = counted.added_up(own.by_pair())
            return counted.to_rows(finished(sums, start, counted.sole, own.finish))
        by_class, sole = np.empty((self.n_classes, self.n_rows)), counted.sole
        by_pair = own.by_pair().reshape(-1, self.n_classes, self.n_classes)
        self._laid.bring_to(_columns(self._voted))
        tables = self._laid.tables(dict(zip(self._voted, by_pair, strict=True)))

        def fill(rows: slice) -> None:
            sums = self._laid.added_up(rows, tables)
            finished(sums, start, sole[rows], own.finish, by_class[:, rows])

        for_blocks(self.n_rows, fill)
        return by_class.T


def _columns(voted: dict[str, _Voted]) -> dict[str, Votes]:
    return {name: one.column for name, one in voted.items()}


def _voted(column: Votes, n_classes: int) -> _Voted:
    # Whoever shows the statistics of a function has counted the same.
    counted = bits_of(column).counts
    return _Voted(column, np.array([counted.get(code, 0) for code in range(n_classes)], float))
