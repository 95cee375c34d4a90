"""How good the labels are, on gold that the fit did not see; counted by hand."""

import numpy as np
import pytest

from labeling.evaluation import FittedLabels, fit_labels
from labeling.intervals import wilson
from labeling.models import guarded
from labeling.models.even_votes import EvenVotes
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix, Votes


def _fit(votes: Votes, dev_gold: np.ndarray, model: str) -> FittedLabels:
    columns = {f"f{j}": np.ascontiguousarray(votes[:, j]) for j in range(votes.shape[1])}
    matrix = LabelMatrix(columns, len(votes))
    return fit_labels(RunningVotes(len(votes), 2), matrix, dev_gold, model, seed=0)


@pytest.mark.parametrize("gold", [0, 1])
def test_ties_count_half_whatever_the_order_of_the_classes(gold: int) -> None:
    """Two certain rows and two tied ones are 3 of 4 right, for the model and majority vote."""
    votes = np.array([[gold, gold], [gold, gold], [0, 1], [1, 0]], dtype=np.int8)
    fitted = _fit(votes, np.full(4, gold, dtype=np.int8), "majority")

    measured = fitted.report.measured
    assert measured is not None
    assert (measured.accuracy, measured.majority, measured.rows) == (0.75, 0.75, 4)
    assert (measured.low, measured.high) == wilson(3, 4)


def test_an_expected_count_need_not_be_whole() -> None:
    """One tied row alone is half right, with an interval that says how little that is."""
    votes = np.array([[0, 1]], dtype=np.int8)
    measured = _fit(votes, np.zeros(1, dtype=np.int8), "majority").report.measured
    assert measured is not None
    assert measured.accuracy == 0.5
    assert (measured.low, measured.high) == wilson(0.5, 1)


def test_a_fit_says_what_was_chosen_and_why() -> None:
    """The report names the model behind `auto` and gives a reason."""
    votes = np.array([[0, -1], [1, 1], [-1, 0]] * 20, dtype=np.int8)
    report = _fit(votes, np.full(60, -1, dtype=np.int8), "auto").report
    assert (report.model, report.chosen, report.fallback) == ("auto", "evidence", None)
    assert "votes on the average" in report.reason
    assert report.measured is None
    assert report.expected is not None


def test_a_fit_worse_than_majority_gives_way_to_it() -> None:
    """Rare votes that gold refutes lose to the majority, and the report has the difference."""
    rng = np.random.default_rng(3)
    votes = np.full((2000, 4), -1, dtype=np.int8)
    votes[:, :2] = 0
    rare = rng.random(2000) < 0.08
    votes[rare, 2] = 1
    votes[rare & (rng.random(2000) < 0.5), 3] = 1
    gold = np.zeros(2000, dtype=np.int8)
    gold[::3] = -1
    fitted = _fit(votes, gold, "evidence")
    measured = fitted.report.measured
    assert measured is not None
    assert measured.accuracy >= measured.majority - 1e-9


def test_what_the_safety_gate_says_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels and confidence are those of even votes, and the report has the reason."""
    votes = np.array([[0, -1, 1], [1, 1, 0], [-1, 0, 0]] * 20, dtype=np.int8)
    monkeypatch.setattr(guarded, "reason_to_fall_back", lambda *_: "it lost")
    fitted = _fit(votes, np.full(60, -1, dtype=np.int8), "dawid-skene")
    assert (fitted.report.chosen, fitted.report.fallback) == ("dawid-skene", "it lost")
    assert fitted.posterior == pytest.approx(EvenVotes(2).fit(votes).predict_proba(votes))
