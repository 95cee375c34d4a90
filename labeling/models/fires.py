"""Votes as sparse evidence: which (function, class) pairs fire, and what gold says of each.

A *fire* is one function voting one class on a row; pair `f = j * k + l` is function j voting
class l. Models treat a pair as their unit, because how far a vote can be trusted depends on the
class it names. Rows with the same votes are one pattern with a count, so that a fit costs by the
number of distinct patterns (hundreds) and not of rows (a million).

Of many rows, patterns are taken from a sample (`labeling.models.drawn_rows`). How often each pair
fires, which decides the start of every precision, is always counted on all rows.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from labeling.models.contract import Floats, Ints
from labeling.models.drawn_rows import sampled_rows
from labeling.models.found_copies import Copies, found_copies
from labeling.models.same_votes import repeated_rows
from labeling.models.scores import sole_classes
from labeling.models.vote_blocks import voted_pairs
from labeling.votes import Patterns, Votes, vote_patterns

if TYPE_CHECKING:
    from labeling.models.dawid_skene import SettledRates
    from labeling.models.precision import StartPrecisions


@dataclass(frozen=True, eq=False)
class Fires:
    """The votes of p patterns over m functions and k classes.

    `votes` int8 (p, m), and the same as `matrix` float64 sparse (p, m * k): 1 where the pair fires.
    `rows` float64 (p,): how many rows show the pattern. `gold` float64 (p, k): how many of
    them have gold of each class.
    `counts` float64 (m * k,): on how many of all rows each pair fires. `n_rows` and
    `covered_rows`: how many rows there are, and how many of them have a vote. `rows_per_draw`: for
    how many rows a drawn row stands, 1 where none was drawn: by so much more than counts of rows do
    sums of `rows` vary (Kish 1965). `class_weights` (k,): for how many rows a gold row of each
    class counts where the share of classes is learned, None for one row each; it is for gold rows
    that were not drawn at random.
    """

    votes: Votes
    matrix: sparse.csr_matrix
    rows: Floats
    gold: Floats
    counts: Floats
    n_rows: int
    covered_rows: int
    n_functions: int
    n_classes: int
    rows_per_draw: float = 1.0
    class_weights: Floats | None = None

    def thinned(self, patterns: int, seed: int = 0) -> "Fires":
        """Return at most so many patterns, drawn at random, that stand for all of them."""
        if self.rows.size <= patterns:
            return self
        rng = np.random.default_rng((seed, 11_683))
        kept = np.sort(rng.choice(self.rows.size, patterns, replace=False))
        scale = self.rows.size / patterns
        return replace(
            self,
            votes=self.votes[kept],
            matrix=self.matrix[kept],
            rows=self.rows[kept] * scale,
            gold=self.gold[kept] * scale,
            rows_per_draw=self.rows_per_draw * scale,
        )

    def with_gold(self, gold: Floats) -> "Fires":
        """Return the same votes with other gold (p, k); what was counted of votes is kept."""
        other = replace(self, gold=gold)
        vars(other).update({name: getattr(self, name) for name in _OF_VOTES_ALONE})
        return other

    @property
    def class_rows(self) -> Floats:
        """How many gold rows speak for each class where the share of classes is learned, (k,)."""
        rows = self.gold.sum(axis=0)
        return np.asarray(rows if self.class_weights is None else rows * self.class_weights)

    @cached_property
    def votes_per_pattern(self) -> Floats:
        """How many functions vote, float64 (p,)."""
        return np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()

    @cached_property
    def votes_for(self) -> Floats:
        """How many functions vote each class, float64 (p, k)."""
        for_class = np.tile(np.eye(self.n_classes), (self.n_functions, 1))
        return np.asarray(self.matrix @ for_class, dtype=np.float64)

    @cached_property
    def sole(self) -> Votes:
        """The only class that the votes of a pattern name, int8 (p,), -1 for none or several."""
        return sole_classes(self.votes)

    @cached_property
    def labels(self) -> Ints:
        """The class that each pair votes for, int64 (m * k,)."""
        return np.tile(np.arange(self.n_classes, dtype=np.int64), self.n_functions)

    @property
    def votes_per_covered_row(self) -> float:
        """The mean number of votes on rows that have any; 0 where none has."""
        return float(self.counts.sum()) / max(self.covered_rows, 1.0)

    @cached_property
    def has_gold(self) -> bool:
        """Whether any row has gold."""
        return bool(self.gold.any())

    @cached_property
    def starts(self) -> "dict[tuple[bytes, bool], StartPrecisions]":
        """What `start_precisions` found, so that all models that begin with it share it."""
        return {}

    @cached_property
    def settled_rates(self) -> "dict[tuple[bytes, bool, bool], SettledRates]":
        """What `DawidSkene` learned, so that it learns once where it is asked and then labels."""
        return {}

    @property
    def covered_gold(self) -> int:
        """How many gold rows have a vote."""
        return int(self.gold[self.votes_per_pattern > 0].sum())

    @cached_property
    def transposed(self) -> sparse.csc_matrix:
        """The same as `matrix` by pairs, sparse (m * k, p); SciPy takes long to turn it round."""
        return self.matrix.T

    @cached_property
    def sampled_counts(self) -> Floats:
        """On how many rows each pair fires by the patterns at hand, float64 (m * k,)."""
        return np.asarray(self.transposed @ self.rows, dtype=np.float64)

    @cached_property
    def together(self) -> sparse.coo_matrix:
        """On how many rows two pairs of different functions fire together, sparse (m * k, m * k).

        Each two pairs stand once, above the diagonal.
        """
        votes = self.matrix
        weights = np.repeat(self.rows, np.diff(votes.indptr))
        weighted = sparse.csr_matrix((weights, votes.indices, votes.indptr), shape=votes.shape)
        both = sparse.coo_matrix(votes.T @ weighted)
        # A function votes once on a row, so that its own pairs meet on the diagonal alone.
        ordered = np.flatnonzero(both.row < both.col)
        return sparse.coo_matrix(
            (both.data[ordered], (both.row[ordered], both.col[ordered])), shape=both.shape
        )

    @cached_property
    def copies(self) -> Copies:
        """Which functions surely copy each other, and which may."""
        return found_copies(self)

    @cached_property
    def repeats(self) -> Floats:
        """On how many rows a function surely repeats another, float64 (m, m)."""
        return repeated_rows(self)

    @cached_property
    def gold_right(self) -> Floats:
        """On how many gold rows each pair fires and is right, float64 (m * k,)."""
        return self.right_rows(self.gold) if self.has_gold else np.zeros(self.labels.size)

    @cached_property
    def gold_fired(self) -> Floats:
        """On how many gold rows each pair fires, float64 (m * k,)."""
        if not self.has_gold:
            return np.zeros(self.labels.size)
        return np.asarray(self.transposed @ self.gold.sum(axis=1), dtype=np.float64)

    def by_function(self, values: Floats) -> Floats:
        """Sum values per pair (m * k,) to values per function (m,)."""
        return np.asarray(values.reshape(self.n_functions, self.n_classes).sum(axis=1))

    def right_rows(self, believed: Floats) -> Floats:
        """Return on how many rows each pair fires and is right, (m * k,), by `believed` (p, k)."""
        per_class = np.asarray(self.transposed @ believed)
        return np.asarray(per_class[np.arange(self.labels.size), self.labels], dtype=np.float64)

    def accuracies(self, believed: Floats, first_vote: Floats) -> Floats:
        """Return how often each function is right, (m,), by rows per pattern and class (p, k).

        A function without votes gets the mean of what its pairs' `first_vote` (m * k,) is worth.
        """
        votes = self.by_function(self.sampled_counts)
        right = self.by_function(self.right_rows(believed))
        assumed = self.by_function(first_vote) / self.n_classes
        return np.where(votes > 0, right / np.maximum(votes, 1e-300), assumed).clip(0.0, 1.0)

    def clamped(self, posterior: Floats) -> Floats:
        """Return rows per pattern and class (p, k): gold where known, the posterior elsewhere.

        Several posteriors (d, p, k) give as many answers.
        """
        believed: Floats = self._without_gold[:, None] * posterior
        if self.has_gold:
            believed += self._gold_by_class
        return believed

    @cached_property
    def _gold_by_class(self) -> Floats:
        """The same as `gold`, laid out class by class, as posteriors are."""
        return np.asfortranarray(self.gold)

    @cached_property
    def _without_gold(self) -> Floats:
        """How many rows of each pattern have no gold, float64 (p,)."""
        return np.asarray(self.rows - self.gold.sum(axis=1), dtype=np.float64)


_OF_VOTES_ALONE = (
    "votes_per_pattern",
    "votes_for",
    "sole",
    "labels",
    "transposed",
    "sampled_counts",
    "together",
    "copies",
    "repeats",
)
"""What is counted once, and holds whatever the gold."""


def fires_of(votes: Votes, n_classes: int, gold: Ints, seed: int = 0) -> Fires:
    """Return the fires of votes (n, m) with gold (n,), -1 where unknown."""
    counts = pair_counts(votes, n_classes)
    covered = int((votes.max(axis=1) >= 0).sum()) if votes.shape[1] else 0
    rows, weights = sampled_rows(
        counts.sum(axis=1), lambda j: np.flatnonzero(votes[:, j] >= 0), gold, seed
    )
    return fires_of_rows(votes[rows], weights, gold[rows], counts, votes.shape[0], covered)


def fires_of_rows(
    votes: Votes,
    weights: Floats,
    gold: Ints | Votes,
    counts: Floats,
    n_rows: int,
    covered_rows: int,
) -> Fires:
    """Return the fires of rows (r, m), each of which stands for `weights` (r,) rows.

    `counts` (m, k), `n_rows` and `covered_rows` are those of all rows.
    """
    n_classes = counts.shape[1]
    patterns = vote_patterns(votes)
    known = np.flatnonzero(gold >= 0)
    cells = patterns.inverse[known] * n_classes + gold[known]
    n_patterns = patterns.counts.size
    return Fires(
        votes=patterns.votes,
        matrix=fire_matrix(patterns, n_classes),
        rows=np.bincount(patterns.inverse, weights=weights, minlength=n_patterns).astype(float),
        gold=np.bincount(cells, minlength=n_patterns * n_classes)
        .reshape(n_patterns, n_classes)
        .astype(np.float64),
        counts=counts.ravel(),
        n_rows=n_rows,
        covered_rows=covered_rows,
        n_functions=votes.shape[1],
        n_classes=n_classes,
        rows_per_draw=float((weights**2).sum() / weights.sum()) if weights.size else 1.0,
    )


def pair_counts(votes: Votes, n_classes: int) -> Floats:
    """Return on how many rows each function votes each class, float64 (m, k)."""
    counts = np.zeros((votes.shape[1], n_classes))
    for j in range(votes.shape[1]):
        column = votes[:, j]
        counts[j] = np.bincount(column[column >= 0], minlength=n_classes)
    return counts


def fire_matrix(patterns: Patterns, n_classes: int) -> sparse.csr_matrix:
    """Return which pairs fire on each pattern, sparse (p, m * k)."""
    pairs, ends = voted_pairs(patterns.votes, n_classes)
    n_patterns, n_functions = patterns.votes.shape
    return sparse.csr_matrix(
        (np.ones(pairs.size), pairs, ends), shape=(n_patterns, n_functions * n_classes)
    )
