"""How good the labels are, on gold that the fit did not see; counted by hand."""

import numpy as np
import pytest

from labeling.evaluation import fit_labels
from labeling.intervals import wilson


@pytest.mark.parametrize("gold", [0, 1])
def test_ties_count_half_whatever_the_order_of_the_classes(gold: int) -> None:
    """Two certain rows and two tied ones are 3 of 4 right, for the model and majority vote."""
    votes = np.array([[gold, gold], [gold, gold], [0, 1], [1, 0]], dtype=np.int8)
    fitted = fit_labels(votes, np.full(4, gold, dtype=np.int8), 2, "majority", seed=0)

    measured = fitted.report.measured
    assert measured is not None
    assert (measured.accuracy, measured.majority, measured.rows) == (0.75, 0.75, 4)
    assert (measured.low, measured.high) == wilson(3, 4)


def test_an_expected_count_need_not_be_whole() -> None:
    """One tied row alone is half right, with an interval that says how little that is."""
    votes = np.array([[0, 1]], dtype=np.int8)
    measured = fit_labels(votes, np.zeros(1, dtype=np.int8), 2, "majority", seed=0).report.measured
    assert measured is not None
    assert measured.accuracy == 0.5
    assert (measured.low, measured.high) == wilson(0.5, 1)
