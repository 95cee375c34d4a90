"""Shares of gold rows as they would be, had the rows been drawn at random.

Rows that a sampler chose are not like the others: where only conflicting rows are labelled, every
function looks worse than it is. Each label knows how likely its row was to be drawn
(`labeling.draws`), so each row can stand for as many rows as it was unlikely. The share is that of
J. Hájek (1971, comment on D. Basu): the ratio of two totals as D. G. Horvitz and D. J. Thompson
(1952) estimate them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from labeling.intervals import wilson

if TYPE_CHECKING:
    from labeling.annotation_store import Gold

Floats = npt.NDArray[np.float64]
_EVEN = 1e-9


@dataclass(frozen=True)
class ReweightedShare:
    """A share of rows, reweighted, with its 95 % interval.

    `effective_rows` rows drawn at random would tell as much as the rows behind it do.
    """

    share: float
    low: float
    high: float
    effective_rows: float


def gold_weights(gold: "Gold", candidates: int) -> Floats | None:
    """Return for how many rows of an even draw each dev gold row stands, float64 (g,), row by row.

    None where all are alike. `candidates` rows could be drawn at first: neither for test nor with
    imported gold. Rows whose draw is not known, imported gold among them, stand for one row.

    Rows are drawn one queue after the other from those that are left. Of M rows from N candidates
    the m-th stands for 1 + (N - M) / (N - m) (w - 1) rows with w of its own draw, as in S.
    Farquhar, Y. Gal and T. Rainforth, "On statistical bias in active learning", 2021: once every
    row has a label, all are alike, however they were drawn.
    """
    weights, annotated, first = (
        part[~gold.is_test] for part in (gold.weights, gold.annotated, gold.first)
    )
    drawn = np.flatnonzero(annotated & ~np.isnan(weights))
    in_order = drawn[np.argsort(first[drawn], kind="stable")]
    number = np.arange(1, drawn.size + 1)
    left = np.maximum(candidates - drawn.size, 0) / np.maximum(candidates - number, 1)
    stands_for = np.ones(weights.size)
    stands_for[in_order] = 1 + left * (weights[in_order] - 1)
    return None if _are_alike(stands_for) else stands_for


def class_weights(codes: npt.NDArray[np.int8], weights: Floats, n_classes: int) -> Floats:
    """Return for how many rows drawn at random a gold row of each class counts, float64 (k,).

    `codes` (g,) and `weights` (g,) are those of the gold rows. All classes together count for as
    many rows as the weights leave (Kish), and each for its reweighted share of them.
    """
    counts = np.bincount(codes, minlength=n_classes)
    shares = np.bincount(codes, weights=weights, minlength=n_classes) / weights.sum()
    return np.asarray(shares * _kish(weights) / np.maximum(counts, 1))


def same_weights(one: Floats | None, other: Floats | None) -> bool:
    """Tell whether two sets of weights are the same; None is that all rows are alike."""
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)


def reweighted(hit: npt.NDArray[np.bool_] | Floats, weights: Floats) -> ReweightedShare | None:
    """Return the share of rows that `hit`, (g,) from 0 to 1, by their weights (g,).

    None where the rows are alike, so that the plain share is the same, or where there are none.
    The interval is Wilson's for as many rows as have the variance of the linearised share (Särndal,
    Swensson and Wretman 1992, section 5.7), or for fewer where the weights alone say so (L. Kish,
    "Survey Sampling", 1965).
    """
    if _are_alike(weights):
        return None
    total = float(weights.sum())
    # Rounding must not push the share past 0 or 1.
    share = min(max(float(weights @ hit) / total, 0.0), 1.0)
    rows = _effective_rows(np.asarray(hit, dtype=np.float64), weights, share)
    low, high = wilson(share * rows, rows)
    return ReweightedShare(share, low, high, rows)


def _are_alike(weights: Floats) -> bool:
    return weights.size == 0 or float(np.ptp(weights)) <= _EVEN


def _effective_rows(hit: Floats, weights: Floats, share: float) -> float:
    """Return how many rows drawn at random tell as much of a share as these do; at most g."""
    total, n, kish = float(weights.sum()), weights.size, _kish(weights)
    squares = float(((weights * (hit - share)) ** 2).sum())
    if n == 1 or squares <= (_EVEN * total) ** 2:
        return kish
    variance = squares / total**2 * n / (n - 1)
    return min(kish, share * (1 - share) / variance)


def _kish(weights: Floats) -> float:
    return float(weights.sum() ** 2 / (weights**2).sum())
