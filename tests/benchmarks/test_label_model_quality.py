"""The judge of label models, against figures worked out on paper."""

import numpy as np
import pytest
from sklearn.metrics import log_loss

from benchmarks.label_model_quality import credit, quality


def test_ties_count_at_expected_credit() -> None:
    """Of two classes that tie each is the label with chance one half."""
    assert credit(np.array([[0.4, 0.4, 0.2]])).tolist() == [[0.5, 0.5, 0.0]]


def test_accuracy_and_f1_of_four_rows() -> None:
    """Labels 0, 1, 1 and a tie on gold 0, 1, 0, 1: 2.5 right; F1 as by expected counts."""
    posterior = np.array([[0.9, 0.1], [0.2, 0.8], [0.3, 0.7], [0.5, 0.5]])
    found = quality(posterior, np.array([0, 1, 0, 1]))
    assert found.accuracy == pytest.approx(62.5)
    # Class 1: found 1.5, named 2.5, there 2. Class 0: found 1, named 1.5, there 2.
    assert found.f1_of_class_1 == pytest.approx(100 * 3 / 4.5)
    assert found.macro_f1 == pytest.approx(100 * (3 / 4.5 + 2 / 3.5) / 2)


def test_a_certain_error_costs_36_nats() -> None:
    """A probability of 0 is taken for the step of a float64, and scikit-learn agrees."""
    posterior = np.array([[1.0, 0.0], [0.0, 1.0]])
    gold = np.array([0, 0])
    found = quality(posterior, gold).log_loss
    assert found == pytest.approx(-np.log(2.0**-52) / 2)
    assert found == pytest.approx(log_loss(gold, posterior, labels=[0, 1]))


def test_calibration_error_of_two_bins() -> None:
    """Confidence .9 with half right, and .6 all right, each on half of the rows: (.4 + .4) / 2."""
    posterior = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4], [0.6, 0.4]])
    gold = np.array([0, 1, 0, 0])
    assert quality(posterior, gold).calibration_error == pytest.approx(0.4)


def test_errors_of_one_bin_cancel_out() -> None:
    """Confidence .75 that is right three times of four is calibrated."""
    posterior = np.array([[0.75, 0.25]] * 4)
    assert quality(posterior, np.array([0, 0, 0, 1])).calibration_error == pytest.approx(0.0)
