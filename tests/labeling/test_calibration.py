"""Calibration and thresholds, counted by hand."""

import numpy as np
import pytest

from labeling.calibration import measured_calibration, threshold_curve, threshold_for
from labeling.intervals import rows_to_halve, wilson
from labeling.models.comparison import Judged, credit


def _judged(confidence: list[float], right: list[int]) -> Judged:
    """Return rows of two classes that are labelled 0 with these confidences."""
    posterior = np.array([[value, 1 - value] for value in confidence])
    gold = 1 - np.array(right, dtype=np.int64)
    return Judged(credit(posterior, gold), posterior, gold, np.array(right, dtype=np.float64))


def test_figures_by_hand() -> None:
    """Four rows: two at .9 of which one is right, two at .6 that are right."""
    found = measured_calibration(_judged([0.9, 0.9, 0.6, 0.6], [1, 0, 1, 1]))
    assert found.rows == 4
    assert found.error.value == pytest.approx((2 * abs(0.9 - 0.5) + 2 * abs(0.6 - 1.0)) / 4)
    assert found.log_loss.value == pytest.approx(-np.log([0.9, 0.1, 0.6, 0.6]).mean())
    assert found.brier.value == pytest.approx((0.02 + 1.62 + 0.32 + 0.32) / 4)


def test_intervals_hold_their_figure_and_shrink_with_rows() -> None:
    """A figure lies in its interval; forty times the rows make it far narrower."""
    few = measured_calibration(_judged([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 1]))
    many = measured_calibration(_judged([0.9, 0.8, 0.7, 0.6] * 40, [1, 0, 1, 1] * 40))
    for found in (few, many):
        for figure in (found.error, found.log_loss, found.brier):
            assert figure.low <= figure.value <= figure.high
    assert many.brier.high - many.brier.low < (few.brier.high - few.brier.low) / 2


def test_thresholds_by_hand() -> None:
    """Each threshold says how many rows stay, how right they should be, and how right they are."""
    posterior = np.array([[0.9, 0.1], [0.7, 0.3], [0.4, 0.6], [0.5, 0.5]])
    covered = np.array([True, True, True, False])
    curve = {
        entry.confidence: entry
        for entry in threshold_curve(posterior, covered, _judged([0.9, 0.6], [1, 0]))
    }
    assert (curve[0.0].rows, curve[0.0].share) == (3, 1.0)
    assert curve[0.0].expected == pytest.approx((0.9 + 0.7 + 0.6) / 3)
    assert (curve[0.0].accuracy, curve[0.0].gold) == (0.5, 2)
    assert (curve[0.0].low, curve[0.0].high) == wilson(1, 2)
    assert (curve[0.7].rows, curve[0.7].accuracy, curve[0.7].gold) == (2, 1.0, 1)
    assert curve[0.7].expected == pytest.approx(0.8)
    assert max(curve) == 0.9


def test_the_threshold_for_an_accuracy() -> None:
    """Measured accuracy decides where there is gold enough, else the expected one."""
    posterior = np.array([[0.99, 0.01]] * 50 + [[0.6, 0.4]] * 50)
    covered = np.ones(100, dtype=np.bool_)
    few = threshold_curve(posterior, covered, _judged([0.6], [0]))
    found = threshold_for(few, 0.95)
    assert found is not None
    assert (found.confidence, found.rows) == (0.62, 50)
    many = threshold_curve(posterior, covered, _judged([0.6] * 30, [1] * 30))
    measured = threshold_for(many, 0.95)
    assert measured is not None
    assert measured.confidence == 0.0
    assert threshold_for(few, 0.999) is None


def test_rows_to_halve_an_interval() -> None:
    """So many more rows make the interval half as wide, and one fewer does not."""
    more = rows_to_halve(18, 20)
    low, high = wilson(18, 20)

    def width(n: int) -> float:
        one, other = wilson(0.9 * n, n)
        return other - one

    assert width(20 + more) <= (high - low) / 2 < width(20 + more - 1)
    assert rows_to_halve(0, 0) > 0


def test_no_covered_rows_have_no_curve() -> None:
    """Without a label there is nothing to leave out."""
    assert threshold_curve(np.full((3, 2), 0.5), np.zeros(3, dtype=np.bool_), None) == ()
