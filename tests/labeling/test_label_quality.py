"""Balance, confidence, confusion and calibration of labels, counted by hand."""

import numpy as np

from labeling.label_quality import (
    calibration,
    confidence_histogram,
    confidences,
    error_buckets,
    label_balance,
    labels_of,
)

POSTERIOR = np.array([[0.9, 0.1], [0.3, 0.7], [0.5, 0.5], [1.0, 0.0], [0.55, 0.45]])
COVERED = np.array([True, True, False, True, True])
GOLD = np.array([0, 0, 1, -1, 0], dtype=np.int8)
BALANCE = (0.5, 0.5)
LABELS = labels_of(POSTERIOR, COVERED, BALANCE)


def test_ties_go_to_the_larger_class_then_to_the_first() -> None:
    """Equal up to rounding is tied; the order of the classes decides last."""
    posterior = np.array([[0.4, 0.4 + 1e-12, 0.2], [0.3, 0.3, 0.4], [1 / 3, 1 / 3, 1 / 3]])
    covered = np.ones(3, dtype=bool)
    assert labels_of(posterior, covered, (0.2, 0.4, 0.4)).tolist() == [1, 2, 1]
    assert labels_of(posterior, covered, (0.3, 0.3, 0.4)).tolist() == [0, 2, 2]


def test_uncovered_rows_have_no_label() -> None:
    """The label is the most probable class, and -1 where no function votes."""
    assert LABELS.tolist() == [0, 1, -1, 0, 0]


def test_balance() -> None:
    """Labels count covered rows only, gold counts all that is known."""
    balance = label_balance(LABELS, GOLD, 2)
    assert balance.labels == (3, 1)
    assert balance.gold == (3, 1)


def test_histogram_bins_are_closed_below_and_the_last_above() -> None:
    """0.9 and 1.0 share the last of ten bins; every covered row is counted once."""
    histogram = confidence_histogram(POSTERIOR, COVERED, bins=10)
    assert [(round(b.low, 1), b.rows) for b in histogram if b.rows] == [
        (0.5, 1),
        (0.7, 1),
        (0.9, 2),
    ]
    assert sum(b.rows for b in histogram) == 4


def test_error_buckets() -> None:
    """Entry [label, gold] counts rows that have both."""
    assert error_buckets(LABELS, GOLD, 2).tolist() == [[2, 0], [1, 0]]


def test_calibration() -> None:
    """Each bin compares the mean confidence with the share that is right."""
    (upper_half,) = calibration(POSTERIOR, LABELS, GOLD, bins=2)
    assert (upper_half.low, upper_half.high, upper_half.rows) == (0.5, 1.0, 3)
    assert upper_half.accuracy == 2 / 3
    assert upper_half.confidence == np.mean([0.9, 0.7, 0.55])
    assert upper_half.accuracy_low < 2 / 3 < upper_half.accuracy_high


def test_nothing_covered() -> None:
    """Without labels the bins are empty."""
    nothing = np.zeros(5, dtype=bool)
    assert sum(b.rows for b in confidence_histogram(POSTERIOR, nothing)) == 0
    assert calibration(POSTERIOR, labels_of(POSTERIOR, nothing, BALANCE), GOLD) == ()


def test_confidence_is_the_largest_probability_of_a_row() -> None:
    """Also with many classes, and of no rows at all."""
    posterior = np.array([[0.2, 0.5, 0.3], [0.6, 0.4, 0.0]])
    assert confidences(posterior).tolist() == [0.5, 0.6]
    assert confidences(np.empty((0, 2))).shape == (0,)
