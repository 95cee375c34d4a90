"""Labels first, and how good they are after that."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from labeling.errors import Cancelled
from labeling.evaluation import FittedLabels, first_labels, fit_labels, judged_labels
from labeling.fitting import A_MOMENT, OVERDUE_SECONDS, FitInputs, Fitting
from labeling.model_report import ModelReport
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix

ROWS = 2_000


def _wanted(seed: int, model: str = "auto") -> FitInputs:
    """Six functions of differing worth, and gold on every fourth row."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 2, ROWS)
    columns = {}
    for j in range(6):
        right = rng.random(ROWS) < 0.55 + 0.07 * j
        votes = np.where(right, truth, 1 - truth)
        columns[f"f{j}"] = np.where(rng.random(ROWS) < 0.3, votes, -1).astype(np.int8)
    gold = np.where(np.arange(ROWS) % 4 == 0, truth, -1).astype(np.int8)
    unseen = np.arange(0, ROWS, 40)
    return FitInputs(LabelMatrix(columns, ROWS), gold, ("ham", "spam"), (model, 0), unseen)


def _whole(wanted: FitInputs) -> FittedLabels:
    votes = RunningVotes(ROWS, 2, wanted.choice[1])
    return fit_labels(votes, wanted.matrix, wanted.dev_gold, *wanted.choice)


def _reports() -> list[ModelReport | None]:
    """What may have been chosen before: nothing, either candidate, and majority vote instead."""
    report = _whole(_wanted(0)).report
    return [
        None,
        replace(report, chosen="evidence", fallback=None),
        replace(report, chosen="dawid-skene", fallback=None),
        replace(report, chosen="evidence", fallback="it did not settle"),
    ]


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("model", ["auto", "evidence", "majority"])
def test_what_comes_out_does_not_depend_on_what_labelled_before(before: int, model: str) -> None:
    """Posterior and report equal those of a fit that knows nothing of an earlier one."""
    wanted = _wanted(1, model)
    votes = RunningVotes(ROWS, 2)
    earlier = _reports()[before]
    if earlier is not None:
        earlier = replace(earlier, model=model)
        if model != "auto":
            earlier = replace(earlier, chosen=model)
    first = first_labels(votes, wanted.matrix, wanted.dev_gold, model, 0, earlier)
    judged = judged_labels(votes, wanted.matrix, first)
    whole = _whole(wanted)
    assert np.array_equal(judged.posterior, whole.posterior)
    assert np.array_equal(judged.estimated_accuracies, whole.estimated_accuracies)
    assert replace(judged.report, seconds=0.0) == replace(whole.report, seconds=0.0)


def test_first_labels_are_the_last_ones_where_the_model_stays() -> None:
    """They are pending, and the figures beside them are those of the labels before."""
    before = _whole(_wanted(1)).report
    first = Fitting().first(_wanted(2), before)
    assert first is not None
    assert np.array_equal(first.posterior, _whole(_wanted(2)).posterior)
    assert first.report.pending
    assert first.report.measured == before.measured


def test_without_earlier_labels_nothing_is_said_of_how_good_they_are() -> None:
    """No figure is made up."""
    first = Fitting().first(_wanted(1), None)
    assert first is not None
    report = first.report
    assert (report.measured, report.expected, report.dependence) == (None, None, None)
    assert (report.calibration, report.thresholds) == (None, ())


def test_an_unchanged_fit_is_neither_fitted_nor_judged_again() -> None:
    """The second time there is nothing to do."""
    fitting = Fitting()
    assert fitting.first(_wanted(1), None) is not None
    assert fitting.judged(lambda: False) is not None
    assert fitting.first(_wanted(1), None) is not None  # other arrays may hold other votes
    wanted = _wanted(1)
    fitting.first(wanted, None)
    fitting.judged(lambda: False)
    assert fitting.first(wanted, None) is None
    assert fitting.judged(lambda: False) is None


def test_judging_gives_way_and_is_made_up_for() -> None:
    """Cancelled between two folds, it is done as soon as nothing newer waits."""
    fitting, calls = Fitting(), iter([False, False, False, True])
    fitting.first(_wanted(1), None)
    with pytest.raises(Cancelled):
        fitting.judged(lambda: next(calls))
    judged = fitting.judged(lambda: False)
    assert judged is not None
    assert not judged.report.pending
    unseen = judged.report.unseen
    assert unseen is not None
    assert unseen.rows == _wanted(1).matrix.covered[::40].sum()


def test_judging_that_waited_long_gives_way_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where changes keep coming, figures still arrive."""
    now = [100.0]
    monkeypatch.setattr("labeling.fitting.time.monotonic", lambda: now[0])
    fitting = Fitting()
    for seed in (1, 2):
        fitting.first(_wanted(seed), None)
        with pytest.raises(Cancelled):
            fitting.judged(lambda: True)
        now[0] += OVERDUE_SECONDS
    fitting.first(_wanted(3), None)
    now[0] += 0.1
    assert fitting.judged(partial(bool, True)) is not None


def test_labels_wait_for_their_judgement_where_it_takes_but_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """How long it takes is known from the last time, and not before the first."""
    clock = iter([1.0, 1.0 + A_MOMENT / 2, 5.0, 5.0 + A_MOMENT * 2])
    monkeypatch.setattr("labeling.fitting.time.thread_time", lambda: next(clock))
    fitting = Fitting()
    assert not fitting.judges_soon
    for seed, soon in ((1, True), (2, False)):
        fitting.first(_wanted(seed), None)
        assert fitting.judged(lambda: False) is not None
        assert fitting.judges_soon is soon
