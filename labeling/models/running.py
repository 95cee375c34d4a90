"""Votes kept up to date: one changed function costs by its own votes, and not by all votes.

A person who edits one function of fifty should not wait for the other forty-nine. What is kept is
how often each function votes what, and the votes of all functions laid out so that the sums of all
rows are quickly added up (`labeling.models.laid_votes`).

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
from labeling.models.fires import Fires, fires_of_rows, sampled_rows
from labeling.models.laid_votes import LaidVotes
from labeling.models.scores import finished
from labeling.models.vote_blocks import for_blocks
from labeling.models.vote_model import VoteModel
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


class RunningVotes:
    """The votes of all functions of a project, of n rows and k classes."""

    def __init__(self, n_rows: int, n_classes: int, seed: int = 0) -> None:
        self.n_rows, self.n_classes, self.seed = n_rows, n_classes, seed
        self._voted: dict[str, _Voted] = {}
        self._sole: Ints | None = None
        self._covered_rows = 0
        self._laid = LaidVotes(n_rows, n_classes)
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
        same = [*before] == [*after] and all(before[name] is one for name, one in after.items())
        with self._changing:
            self._voted = after
            if not same:
                self._sole = None

    def fires(self, gold: Ints) -> Fires:
        """Return what label models learn from, with gold (n,), -1 where unknown."""
        voted = [*self._voted.values()]
        self._sole_classes()
        counts = np.stack([one.counts for one in voted]) if voted else np.zeros((0, self.n_classes))
        rows, weights = sampled_rows(counts.sum(axis=1), lambda j: voted[j].rows, gold, self.seed)
        votes = (
            np.stack([one.column[rows] for one in voted]).T
            if voted
            else np.empty((weights.size, 0), dtype=np.int8)
        )
        return fires_of_rows(votes, weights, gold[rows], counts, self.n_rows, self._covered_rows)

    def posterior(self, model: LabelModel, matrix: LabelMatrix) -> Floats:
        """Return what `model`, fitted on `fires`, says of every row, float64 (n, k)."""
        if not isinstance(model, VoteModel):
            return model.predict_proba(matrix.votes)
        own = model.labelling
        posterior = np.empty((self.n_rows, self.n_classes))
        sole = self._sole_classes()
        by_pair = own.by_pair().reshape(-1, self.n_classes, self.n_classes)
        start = own.start()
        self._laid.bring_to({name: one.column for name, one in self._voted.items()})
        tables = self._laid.tables(dict(zip(self._voted, by_pair, strict=True)))

        def fill(rows: slice) -> None:
            sums, order = self._laid.added_up(rows, tables, start)
            posterior[rows][order] = finished(sums, sole[rows][order], own.finish)

        for_blocks(self.n_rows, fill)
        return posterior

    def _sole_classes(self) -> Ints:
        """Return the only class that the votes of each row name, -1 for none or several, (n,)."""
        if self._sole is None:
            sole = np.empty(self.n_rows, dtype=np.int64)
            covered = np.empty(self.n_rows, dtype=np.bool_)
            columns = [one.column for one in self._voted.values()]

            def fill(rows: slice) -> None:
                least = np.full(rows.stop - rows.start, 255, dtype=np.uint8)
                most = np.full(rows.stop - rows.start, -1, dtype=np.int8)
                for column in columns:
                    # Read as unsigned, an abstain is above every class.
                    np.minimum(least, column[rows].view(np.uint8), out=least)
                    np.maximum(most, column[rows], out=most)
                covered[rows] = most >= 0
                sole[rows] = np.where(least == most.view(np.uint8), most, -1)

            for_blocks(self.n_rows, fill)
            with self._changing:
                self._sole, self._covered_rows = sole, int(covered.sum())
        return self._sole


def _voted(column: Votes, n_classes: int) -> _Voted:
    counts = np.bincount(column[column >= 0], minlength=n_classes)
    return _Voted(column, counts.astype(np.float64))
