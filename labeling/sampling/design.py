"""Designs: rows that were drawn, and how likely each row was to be among them.

Only the random number generator may decide between rows, so that their chances are known. Sampling
by such designs, and figures from it, are those of C.-E. Särndal, B. Swensson and J. Wretman, "Model
Assisted Survey Sampling", 1992, chapters 2 and 3.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from labeling.sampling.context import Mask, RowIds, Scores

Chance = Callable[[RowIds], Scores]


@dataclass(frozen=True, eq=False)
class Design:
    """Rows that were drawn, int64, the most useful first, and the chance of any row.

    `chance` returns how likely each of some rows was to be drawn, float64 in [0, 1].
    """

    rows: RowIds
    chance: Chance


def evenly(among: Mask, n: int, rng: np.random.Generator) -> Design:
    """Draw up to n of the rows `among`, bool (rows,), all with the same chance."""
    row_ids = np.flatnonzero(among)
    drawn = some_of(row_ids, n, rng)
    share = drawn.size / max(row_ids.size, 1)
    return Design(drawn, lambda rows: np.where(among[rows], share, 0.0))


def highest(
    among: Mask, score: Callable[[RowIds], Scores], n: int, rng: np.random.Generator
) -> Design:
    """Draw the n rows `among` with the highest scores; chance decides between equal ones."""
    row_ids = np.flatnonzero(among)
    n = min(n, row_ids.size)
    if n <= 0:
        return Design(row_ids[:0], lambda rows: np.zeros(rows.size))
    # Rounded, so that the last bit of a sum never decides between rows with the same votes.
    scores = score(row_ids).round(9)
    last = np.partition(scores, scores.size - n)[scores.size - n]
    certain, equal = np.flatnonzero(scores > last), np.flatnonzero(scores == last)
    share = (n - certain.size) / equal.size
    certain = rng.permutation(certain)
    best_first = certain[np.argsort(-scores[certain], kind="stable")]
    drawn = np.concatenate([best_first, some_of(equal, n - certain.size, rng)])

    def chance(rows: RowIds) -> Scores:
        reached = score(rows).round(9)
        chances = np.where(reached > last, 1.0, np.where(reached == last, share, 0.0))
        return np.where(among[rows], chances, 0.0)

    return Design(row_ids[drawn], chance)


def in_proportion(
    among: Mask, size: Callable[[RowIds], Scores], n: int, rng: np.random.Generator
) -> Design:
    """Draw n rows `among` with chances in proportion to their sizes, none above 1.

    The rows are drawn systematically in a random order, which gives exactly these chances (W. G.
    Madow, "On the theory of systematic sampling, II", 1949). Rows of size 0 are never drawn.
    """
    row_ids = shuffled(among, rng)
    sizes = size(row_ids)
    factor = _factor(sizes, n)
    ends = np.minimum(factor * sizes, 1.0).cumsum()
    points = rng.random() + np.arange(max(n, 0))
    places = np.searchsorted(ends, points[points < (ends[-1] if ends.size else 0.0)], side="right")

    def chance(rows: RowIds) -> Scores:
        return np.where(among[rows], np.minimum(factor * size(rows), 1.0), 0.0)

    return Design(rng.permutation(row_ids[places]), chance)


def some_of(rows: RowIds, n: int, rng: np.random.Generator) -> RowIds:
    """Return n of these rows, or all where there are fewer, in a random order, int64."""
    n = min(max(n, 0), rows.size)
    return rng.choice(rows, n, replace=False).astype(np.int64) if n else rows[:0]


def shuffled(among: Mask, rng: np.random.Generator) -> RowIds:
    """Return the rows `among` in a random order, int64."""
    return rng.permutation(np.flatnonzero(among)).astype(np.int64)


def _factor(sizes: Scores, n: int) -> float:
    """Return c so that the sum of min(c * size, 1) is n, or all are 1 where there are fewer.

    >>> _factor(np.array([1.0, 1.0, 2.0]), 2), _factor(np.array([1.0, 1.0, 9.0]), 2)
    (0.5, 0.5)
    """
    positive = -np.sort(-sizes[sizes > 0])
    if positive.size == 0 or n <= 0:
        return 0.0
    # With the first i rows at 1, the others share what is left; it fits once none goes above 1.
    left = positive[::-1].cumsum()[::-1]
    factors = (n - np.arange(positive.size)) / left
    fits = np.flatnonzero(factors * positive <= 1 + 1e-12)
    factor = factors[fits[0]] if n < positive.size else 1 / positive[-1]
    return float(min(factor, 1e300))
