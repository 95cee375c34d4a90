"""Patterns of votes that are kept up to date are those that all votes show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.models import MODELS, row_patterns
from labeling.models.fires import fires_of
from labeling.models.row_patterns import RowPatterns
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix, Votes

N, K = 200, 3
NAMES = ("a", "b", "c", "d", "e")


def column(seed: int) -> Votes:
    """Return votes of a function, on some rows with an error."""
    rng = np.random.default_rng(seed)
    return rng.integers(-2, K, N).astype(np.int8)


@pytest.fixture
def any_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Patterns are kept however many there are."""
    monkeypatch.setattr(row_patterns, "ROWS_A_PATTERN", 0)


def shown(patterns: RowPatterns) -> Votes:
    """Return the votes of every row, as its pattern says."""
    return patterns.votes[patterns.places]


@pytest.mark.usefixtures("any_number")
@settings(max_examples=30, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9), max_size=5), max_size=4))
def test_changes_give_what_all_votes_show(steps: list[dict[str, int]]) -> None:
    """Functions come, change, go and swap places; each pattern stands once and is counted."""
    patterns = RowPatterns.of_no_votes(N, K)
    for step in steps:
        columns = {name: column(seed) for name, seed in step.items()}
        for name, seed in step.items():  # one that did not change is the same array
            if name in patterns.columns and seed % 3:
                columns[name] = patterns.columns[name]
        changed = patterns.changed(columns, most=10)
        assert changed
        patterns = changed
        stacked = [np.maximum(votes, -1) for votes in columns.values()]
        votes = np.stack(stacked).T if stacked else np.empty((N, 0), dtype=np.int8)
        assert np.array_equal(shown(patterns), votes)
        assert np.unique(patterns.votes, axis=0).shape[0] == patterns.rows.size or not columns
        assert np.array_equal(np.bincount(patterns.places), patterns.rows)
        assert patterns.covered_rows == int((votes >= 0).any(axis=1).sum())


def test_many_patterns_are_given_up() -> None:
    """So are many functions that change at once."""
    one = RowPatterns.of_no_votes(N, K).changed({"a": column(1)})
    assert one
    assert one.rows.size == 4
    assert one.changed({"a": column(1), "b": column(2)}) is None
    assert one.changed({str(i): one.columns["a"] for i in range(7)}) is None
    assert RowPatterns.of_no_votes(0, K).changed({"a": column(1)[:0]}) is None


@pytest.mark.usefixtures("any_number")
@pytest.mark.parametrize("model", MODELS)
def test_running_votes_say_the_same_once_settled(model: str) -> None:
    """So does a fork, whichever of both is edited, and what falls back when all change at once."""
    running = RunningVotes(N, K)
    matrix = LabelMatrix({name: column(seed) for seed, name in enumerate(NAMES)}, N)
    running.update(matrix)
    running.settle()
    assert isinstance(running._counted, RowPatterns)
    assert_equal_to_full(running, matrix, model)
    for edited in (
        matrix.with_columns({"b": column(10)}),
        matrix.select(["d", "a"]),
        LabelMatrix({}, N),
        matrix.with_columns({"f": column(11), "a": column(12)}),
    ):
        fork = running.fork()
        assert_equal_to_full(fork, edited, model)
        assert isinstance(fork._counted, RowPatterns)
        assert_equal_to_full(running, matrix, model)
    other = LabelMatrix({f"g{seed}": column(seed) for seed in range(20, 28)}, N)
    assert_equal_to_full(running, other, model)
    assert not isinstance(running._counted, RowPatterns)
    assert_equal_to_full(running, matrix, model)


def test_too_many_patterns_are_not_looked_for_again() -> None:
    """Until functions are fewer; what settles instead is the layout."""
    running = RunningVotes(N, K)
    matrix = LabelMatrix({name: column(seed) for seed, name in enumerate(NAMES)}, N)
    for _ in range(2):
        assert_equal_to_full(running, matrix, "evidence")
        running.settle()
        assert running._too_many == 5
        matrix = matrix.with_columns({"b": column(10)})
    few = matrix.select(["a"])
    assert_equal_to_full(running, few, "evidence")
    running.settle()
    assert isinstance(running._counted, RowPatterns)
    assert_equal_to_full(running, few, "evidence")
    assert_equal_to_full(running, matrix, "evidence")


def assert_equal_to_full(running: RunningVotes, matrix: LabelMatrix, model: str) -> None:
    """Compare accuracies and posterior with those of a fit on all votes."""
    gold = np.full(N, -1)
    gold[::7] = np.arange(len(gold[::7])) % K
    running.update(matrix)
    fitted = MODELS[model](K).fit_fires(running.fires(gold))
    whole = MODELS[model](K).fit_fires(fires_of(matrix.votes, K, gold))
    assert fitted.accuracies_ == pytest.approx(whole.accuracies_, abs=1e-12)
    answer = running.posterior(fitted, matrix)
    assert np.abs(answer - whole.predict_proba(matrix.votes)).max() < 1e-9
