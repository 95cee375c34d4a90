"""Votes as sparse evidence: which (function, class) pairs fire, and what gold says of each.

A *fire* is one function voting one class on a row; pair `f = j * k + l` is function j voting
class l. Models treat a pair as their unit, because how far a vote can be trusted depends on the
class it names. Rows with the same votes are one pattern with a count, so that a fit costs by the
number of distinct patterns (hundreds) and not of rows (a million).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from labeling.models.contract import Floats, Ints
from labeling.votes import Patterns, Votes, vote_patterns


@dataclass(frozen=True, eq=False)
class Fires:
    """The votes of p patterns over m functions and k classes.

    `matrix` float64 sparse (p, m * k): 1 where the pair fires. `rows` float64 (p,): how many
    rows show the pattern. `gold` float64 (p, k): how many of them have gold of each class.
    """

    matrix: sparse.csr_matrix
    rows: Floats
    gold: Floats
    n_functions: int
    n_classes: int

    @cached_property
    def votes_per_pattern(self) -> Floats:
        """How many functions vote, float64 (p,)."""
        return np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()

    @cached_property
    def counts(self) -> Floats:
        """On how many rows each pair fires, float64 (m * k,)."""
        return np.asarray(self.matrix.T @ self.rows, dtype=np.float64)

    @cached_property
    def labels(self) -> Ints:
        """The class that each pair votes for, int64 (m * k,)."""
        return np.tile(np.arange(self.n_classes, dtype=np.int64), self.n_functions)

    @cached_property
    def covered_rows(self) -> float:
        """How many rows have a vote."""
        return float(self.rows[self.votes_per_pattern > 0].sum())

    @property
    def votes_per_covered_row(self) -> float:
        """The mean number of votes on rows that have any; 0 where none has."""
        return float(self.counts.sum()) / max(self.covered_rows, 1.0)

    @property
    def has_gold(self) -> bool:
        """Whether any row has gold."""
        return bool(self.gold.any())

    @cached_property
    def gold_right(self) -> Floats:
        """On how many gold rows each pair fires and is right, float64 (m * k,)."""
        return self.right_rows(self.gold)

    @cached_property
    def gold_fired(self) -> Floats:
        """On how many gold rows each pair fires, float64 (m * k,)."""
        return np.asarray(self.matrix.T @ self.gold.sum(axis=1), dtype=np.float64)

    def by_function(self, values: Floats) -> Floats:
        """Sum values per pair (m * k,) to values per function (m,)."""
        return np.asarray(values.reshape(self.n_functions, self.n_classes).sum(axis=1))

    def right_rows(self, believed: Floats) -> Floats:
        """Return on how many rows each pair fires and is right, (m * k,), by `believed` (p, k)."""
        per_class = np.asarray(self.matrix.T @ believed)
        return np.asarray(per_class[np.arange(self.labels.size), self.labels], dtype=np.float64)

    def accuracies(self, believed: Floats, first_vote: Floats) -> Floats:
        """Return how often each function is right, (m,), by rows per pattern and class (p, k).

        A function without votes gets the mean of what its pairs' `first_vote` (m * k,) is worth.
        """
        votes = self.by_function(self.counts)
        right = self.by_function(self.right_rows(believed))
        assumed = self.by_function(first_vote) / self.n_classes
        return np.where(votes > 0, right / np.maximum(votes, 1.0), assumed)

    def clamped(self, posterior: Floats) -> Floats:
        """Return rows per pattern and class (p, k): gold where known, the posterior elsewhere."""
        unknown = self.rows - self.gold.sum(axis=1)
        return np.asarray(unknown[:, None] * posterior + self.gold, dtype=np.float64)


def fires_of(votes: Votes, n_classes: int, gold: Ints) -> Fires:
    """Return the fires of votes (n, m) with gold (n,), -1 where unknown."""
    patterns = vote_patterns(votes)
    known = np.flatnonzero(gold >= 0)
    cells = patterns.inverse[known] * n_classes + gold[known]
    n_patterns = patterns.counts.size
    return Fires(
        matrix=fire_matrix(patterns, n_classes),
        rows=patterns.counts.astype(np.float64),
        gold=np.bincount(cells, minlength=n_patterns * n_classes)
        .reshape(n_patterns, n_classes)
        .astype(np.float64),
        n_functions=votes.shape[1],
        n_classes=n_classes,
    )


def fire_matrix(patterns: Patterns, n_classes: int) -> sparse.csr_matrix:
    """Return which pairs fire on each pattern, sparse (p, m * k)."""
    n_patterns, n_functions = patterns.votes.shape
    pattern, function = np.nonzero(patterns.votes >= 0)
    pairs = function * n_classes + patterns.votes[pattern, function].astype(np.int64)
    return sparse.csr_matrix(
        (np.ones(pattern.size), (pattern, pairs)), shape=(n_patterns, n_functions * n_classes)
    )


def normalised(log_weights: Floats) -> Floats:
    """Return exp(log_weights) with rows that sum to 1, safe for any finite input."""
    weights = np.exp(log_weights - log_weights.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)
