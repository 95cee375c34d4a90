"""What the label model's answer looks like: balance, confidence, confusion and calibration.

Only covered rows have a label. Gold is dev gold, int8 (n,), -1 where unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from labeling.intervals import wilson

Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Posterior = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

_ROUNDING = 1e-9
"""Equal probabilities may differ by the rounding of their sums."""


@dataclass(frozen=True)
class LabelBalance:
    """How many rows have each class: by the model's label, and by gold."""

    labels: tuple[int, ...]
    gold: tuple[int, ...]


@dataclass(frozen=True)
class ConfidenceBin:
    """How many labels have a confidence in [low, high); the last bin includes 1."""

    low: float
    high: float
    rows: int


@dataclass(frozen=True)
class CalibrationBin:
    """Gold rows whose label has a confidence in [low, high), and how many of them are right."""

    low: float
    high: float
    rows: int
    confidence: float
    accuracy: float
    accuracy_low: float
    accuracy_high: float


def labels_of(posterior: Posterior, covered: Mask, class_balance: Sequence[float]) -> Codes:
    """Return the most probable class of each covered row, int8 (n,), -1 where uncovered.

    Of tied classes the one with the larger class balance wins, then the first.

    >>> labels_of(np.array([[0.5, 0.5], [0.7, 0.3]]), np.array([True, True]), (0.4, 0.6)).tolist()
    [1, 0]
    """
    best = np.full(posterior.shape[0], -1, dtype=np.int8)
    least = confidences(posterior) - _ROUNDING
    # Of tied classes the one that is written last stays. A few numbers in each row are slow for
    # numpy, so this goes class after class.
    for label in np.lexsort((-np.arange(len(class_balance)), np.asarray(class_balance))):
        np.putmask(best, posterior[:, label] >= least, label)
    best[~covered] = -1
    return best


def leaders(posterior: Posterior) -> Mask:
    """Return which classes share the first place of their row, bool (n, k)."""
    return np.asarray(posterior >= confidences(posterior)[:, np.newaxis] - _ROUNDING)


def confidences(posterior: Posterior) -> Posterior:
    """Return the largest probability of each row, float64 (n,).

    Class after class: numpy takes ten times as long for the largest of a few numbers in each row.
    """
    return reduce(np.maximum, posterior.T)


def label_balance(labels: Codes, gold: Codes, n_classes: int) -> LabelBalance:
    """Count rows per class, by label and by gold."""
    return LabelBalance(labels=_per_class(labels, n_classes), gold=_per_class(gold, n_classes))


def confidence_histogram(
    posterior: Posterior, covered: Mask, bins: int = 20
) -> tuple[ConfidenceBin, ...]:
    """Count covered rows by the probability of their label, in `bins` equal bins from 0 to 1."""
    edges = _edges(bins)
    confidence = np.where(covered, confidences(posterior), -1.0)
    # To count what lies above each edge takes a third of the time of finding each value's bin.
    reached = [np.count_nonzero(confidence >= edge) for edge in edges[:-1]]
    counts = -np.diff([*reached, 0])
    return tuple(
        ConfidenceBin(float(edges[i]), float(edges[i + 1]), int(counts[i])) for i in range(bins)
    )


def error_buckets(labels: Codes, gold: Codes, n_classes: int) -> Counts:
    """Count rows by label and gold, int64 (k, k): entry [label, gold]. The diagonal is right."""
    both = (labels >= 0) & (gold >= 0)
    cells = labels[both].astype(np.int64) * n_classes + gold[both]
    return np.bincount(cells, minlength=n_classes * n_classes).reshape(n_classes, n_classes)


def calibration(
    posterior: Posterior, labels: Codes, gold: Codes, bins: int = 10
) -> tuple[CalibrationBin, ...]:
    """Compare confidence with accuracy on covered gold rows; bins without rows are left out."""
    judged = (labels >= 0) & (gold >= 0)
    confidence = posterior[judged].max(axis=1)
    right = labels[judged] == gold[judged]
    edges = _edges(bins)
    found = _bin_of(confidence, edges)
    result = []
    for i in np.unique(found):
        inside = found == i
        rows, correct = int(inside.sum()), int(right[inside].sum())
        low, high = wilson(correct, rows)
        result.append(
            CalibrationBin(
                low=float(edges[i]),
                high=float(edges[i + 1]),
                rows=rows,
                confidence=float(confidence[inside].mean()),
                accuracy=correct / rows,
                accuracy_low=low,
                accuracy_high=high,
            )
        )
    return tuple(result)


def _per_class(codes: Codes, n_classes: int) -> tuple[int, ...]:
    return tuple(int(count) for count in np.bincount(codes[codes >= 0], minlength=n_classes))


def _edges(bins: int) -> Posterior:
    # Divided, not stepped: 7 / 10 is the very number that a person writes as 0.7.
    return np.arange(bins + 1) / bins


def _bin_of(confidence: Posterior, edges: Posterior) -> Counts:
    """Return the bin of each value: lower edges belong to it, upper ones to the next."""
    found = np.searchsorted(edges, confidence, side="right") - 1
    return np.clip(found, 0, edges.size - 2).astype(np.int64)
