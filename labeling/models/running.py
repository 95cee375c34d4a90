"""Votes and their sums kept up to date: one changed function is a subtract and an add.

A person who edits one function of fifty should not wait for the other forty-nine. What is kept is,
for each function, on which rows it votes for what; and, for each row, what all votes together add
to each class. Counting a change touches the rows of one function. What the sums become depends on
the model: functions whose votes and weights are as before are left alone, and where most weights
moved the sums are added up anew from the kept rows, without looking at the votes again.

A fit on `RunningVotes.fires` and a posterior from `RunningVotes.posterior` equal a fit on all
votes; only the order of additions differs.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from labeling.models.contract import Floats, Ints, LabelModel
from labeling.models.fires import Fires, fires_of_rows, sampled_rows
from labeling.models.scores import BLOCK_ROWS, THREADS
from labeling.models.vote_model import VoteModel
from labeling.votes import LabelMatrix, Votes

MAX_CELLS = 60_000_000
"""Above so many rows x classes, sums are not kept: they would cost more memory than time."""
MAX_CHANGES = 200
"""After so many subtractions and additions the sums are added up anew, before rounding shows."""


@dataclass(frozen=True, eq=False)
class _Voted:
    """The rows on which one function votes, int64 (f,), and its labels there, int8 (f,)."""

    column: Votes
    rows: Ints
    labels: Votes
    counts: Floats


class RunningVotes:
    """The votes of all functions of a project, of n rows and k classes."""

    def __init__(self, n_rows: int, n_classes: int, seed: int = 0) -> None:
        self.n_rows, self.n_classes, self.seed = n_rows, n_classes, seed
        self._voted: dict[str, _Voted] = {}
        self._sole: Ints | None = None
        self._sums: _Sums | None = None

    def update(self, matrix: LabelMatrix) -> None:
        """Take over the votes of `matrix`; columns that are the same arrays cost nothing."""
        if matrix.n_rows != self.n_rows:
            raise ValueError(f"votes of {matrix.n_rows} rows, expected {self.n_rows}")
        before = self._voted
        self._voted = {
            name: before[name]
            if name in before and before[name].column is matrix.column(name)
            else _voted(matrix.column(name), self.n_classes)
            for name in matrix.names
        }
        if [*before] != [*self._voted] or any(
            before[name] is not voted for name, voted in self._voted.items()
        ):
            self._sole = None

    def fires(self, gold: Ints) -> Fires:
        """Return what label models learn from, with gold (n,), -1 where unknown."""
        voted = [*self._voted.values()]
        counts = np.stack([one.counts for one in voted]) if voted else np.zeros((0, self.n_classes))
        rows, weights = sampled_rows(counts.sum(axis=1), lambda j: voted[j].rows, gold, self.seed)
        votes = (
            np.stack([one.column[rows] for one in voted]).T
            if voted
            else np.empty((weights.size, 0), dtype=np.int8)
        )
        return fires_of_rows(votes, weights, gold[rows], counts, self.n_rows, self._covered_rows())

    def posterior(self, model: LabelModel, matrix: LabelMatrix) -> Floats:
        """Return what `model`, fitted on `fires`, says of every row, float64 (n, k)."""
        if not isinstance(model, VoteModel) or self.n_rows * self.n_classes > MAX_CELLS:
            return model.predict_proba(matrix.votes)
        own = model.labelling
        if self._sums is None:
            self._sums = _Sums(self.n_rows, self.n_classes)
        sums = self._sums.bring_to(self._voted, own.weights_, own.start())
        posterior = np.empty((self.n_rows, self.n_classes))
        sole = self._sole_classes()

        def fill(first: int) -> None:
            block = slice(first, first + BLOCK_ROWS)
            part = sums[:, block].copy()
            own.finish(part, sole[block])
            posterior[block] = part.T

        with ThreadPoolExecutor(THREADS) as threads:
            for _ in threads.map(fill, range(0, self.n_rows, BLOCK_ROWS)):
                pass
        return posterior

    def _covered_rows(self) -> int:
        covered = np.zeros(self.n_rows, dtype=np.bool_)
        for one in self._voted.values():
            covered |= one.column >= 0
        return int(covered.sum())

    def _sole_classes(self) -> Ints:
        """Return the only class that the votes of each row name, -1 for none or several, (n,)."""
        if self._sole is None:
            least = np.full(self.n_rows, 255, dtype=np.uint8)
            most = np.full(self.n_rows, -1, dtype=np.int8)
            for one in self._voted.values():
                # Read as unsigned, an abstain is above every class.
                np.minimum(least, one.column.view(np.uint8), out=least)
                np.maximum(most, one.column, out=most)
            self._sole = np.where(least == most.view(np.uint8), most, -1).astype(np.int64)
        return self._sole


def _voted(column: Votes, n_classes: int) -> _Voted:
    rows = np.flatnonzero(column >= 0)
    labels = column[rows]
    counts = np.bincount(labels, minlength=n_classes).astype(np.float64)
    return _Voted(column, rows, labels, counts)


class _Sums:
    """What all votes add to each class of each row, and which votes are in it with what weight."""

    def __init__(self, n_rows: int, n_classes: int) -> None:
        self._sums = np.zeros((n_classes, n_rows))
        self._start: Floats = np.zeros(n_classes)
        self._added: dict[str, tuple[_Voted, Floats]] = {}
        self._changes = 0

    def bring_to(self, voted: dict[str, _Voted], weights: Floats, start: Floats) -> Floats:
        """Return the sums (k, n) of `start` and all votes with `weights` (m, k) or (m, k, k)."""
        wanted = {name: (one, weights[j]) for j, (name, one) in enumerate(voted.items())}
        gone = [entry for name, entry in self._added.items() if not _same(entry, wanted.get(name))]
        new = [entry for name, entry in wanted.items() if not _same(entry, self._added.get(name))]
        self._changes += len(gone) + len(new)
        if len(gone) + len(new) > len(wanted) or self._changes > MAX_CHANGES:
            self._sums[:] = 0.0
            self._start = np.zeros_like(start)
            self._add([(one, 1.0, weight) for one, weight in wanted.values()])
            self._changes = 0
        else:
            changes = [(one, -1.0, weight) for one, weight in gone]
            self._add([*changes, *((one, 1.0, weight) for one, weight in new)])
        if not np.array_equal(start, self._start):
            self._sums += (start - self._start)[:, None]
            self._start = start
        self._added = wanted
        return self._sums

    def _add(self, changes: list[tuple[_Voted, float, Floats]]) -> None:
        """Add votes, each with a sign; every thread has rows of its own."""
        n_rows = self._sums.shape[1]
        edges = np.linspace(0, n_rows, THREADS + 1).astype(np.int64)

        def add_part(part: int) -> None:
            for one, sign, weight in changes:
                first, last = np.searchsorted(one.rows, edges[part : part + 2])
                _add_votes(self._sums, one.rows[first:last], one.labels[first:last], sign * weight)

        with ThreadPoolExecutor(THREADS) as threads:
            for _ in threads.map(add_part, range(THREADS)):
                pass


def _add_votes(sums: Floats, rows: Ints, labels: Votes, weight: Floats) -> None:
    if weight.ndim == 1:
        sums.reshape(-1)[labels.astype(np.int64) * sums.shape[1] + rows] += weight[labels]
    else:
        for total, added in zip(sums, weight.T, strict=True):
            total[rows] += added[labels]


def _same(one: tuple[_Voted, Floats], other: tuple[_Voted, Floats] | None) -> bool:
    return other is not None and one[0] is other[0] and np.array_equal(one[1], other[1])
