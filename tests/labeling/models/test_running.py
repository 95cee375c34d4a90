"""Votes kept up to date say what all votes say when counted anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.models import MODELS, laid_votes
from labeling.models import drawn_rows as drawn_module
from labeling.models.fires import fires_of
from labeling.models.running import RunningVotes
from labeling.votes import LabelMatrix, Votes

K = 3


def _column(seed: int, n: int) -> Votes:
    rng = np.random.default_rng(seed)
    votes = rng.integers(0, K, n).astype(np.int8)
    votes[rng.random(n) > rng.uniform(0.05, 0.9)] = -1
    return votes


def _matrix(seeds: list[int], n: int) -> LabelMatrix:
    return LabelMatrix({f"f{j}": _column(seed, n) for j, seed in enumerate(seeds)}, n)


def _assert_equal_to_full(running: RunningVotes, matrix: LabelMatrix, model: str) -> None:
    gold = np.full(matrix.n_rows, -1)
    gold[::7] = np.arange(len(gold[::7])) % K
    running.update(matrix)
    fitted = MODELS[model](K).fit_fires(running.fires(gold))
    whole = MODELS[model](K).fit_fires(fires_of(matrix.votes, K, gold))
    assert fitted.accuracies_ == pytest.approx(whole.accuracies_, abs=1e-12)
    answer = running.posterior(fitted, matrix)
    assert np.abs(answer - whole.predict_proba(matrix.votes)).max() < 1e-9


@pytest.mark.parametrize("model", MODELS)
@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 10**6)), max_size=3))
def test_edits_give_what_a_full_fit_gives(model: str, edits: list[tuple[int, int]]) -> None:
    """After any edits of functions, parameters and posterior are those of a fit on all votes."""
    matrix = _matrix([1, 2, 3, 4, 5], 120)
    running = RunningVotes(120, K)
    _assert_equal_to_full(running, matrix, model)
    for function, seed in edits:
        matrix = matrix.with_columns({f"f{function}": _column(seed, 120)})
        _assert_equal_to_full(running, matrix, model)


def test_functions_come_and_go() -> None:
    """Adding and removing functions keeps the answer right, down to none."""
    running = RunningVotes(80, K)
    for seeds in ([1, 2], [1, 2, 3], [], [4]):
        _assert_equal_to_full(running, _matrix(seeds, 80), "evidence")
    matrix = _matrix([1, 2, 3], 80)
    _assert_equal_to_full(running, matrix, "evidence")
    _assert_equal_to_full(running, matrix.select(["f2", "f0"]), "evidence")


def test_many_changed_functions_are_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether changed functions stand beside the layout or in it, the answer is the same."""
    monkeypatch.setattr(laid_votes, "MAX_BESIDE", 2)
    running, matrix = RunningVotes(60, K), _matrix([1, 2, 3, 4, 5, 6], 60)
    for turn in range(12):
        matrix = matrix.with_columns({f"f{turn % 6}": _column(100 + turn, 60)})
        _assert_equal_to_full(running, matrix, "dawid-skene")
        _assert_equal_to_full(running, matrix.select(matrix.names[turn % 4 :]), "majority")


def test_what_settled_says_the_same() -> None:
    """After a pause nothing stands beside the layout, and a fork made before goes on with its."""
    running, matrix = RunningVotes(60, K), _matrix([1, 2, 3, 4], 60)
    _assert_equal_to_full(running, matrix, "evidence")
    for edited in (matrix.with_columns({"f1": _column(50, 60)}), matrix.select(["f3", "f0"])):
        _assert_equal_to_full(running, edited, "evidence")
        fork = running.fork()
        running.settle()
        assert not running._laid._beside
        assert running._laid._n_laid == len(edited.names)
        _assert_equal_to_full(running, edited, "evidence")
        _assert_equal_to_full(fork, edited, "evidence")
    running.settle()
    _assert_equal_to_full(running, matrix, "dawid-skene")


def test_codes_below_abstain_are_no_votes() -> None:
    """A row on which a function failed carries no vote of it."""
    matrix = _matrix([1, 2, 3], 90)
    failed = matrix.column("f1").copy()
    failed[failed < 0] = -2
    _assert_equal_to_full(RunningVotes(90, K), matrix.with_columns({"f1": failed}), "evidence")


def test_a_sample_of_many_rows_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fits learn from a sample, an edit draws the rows that a fit on all votes draws."""
    monkeypatch.setattr(drawn_module, "SAMPLED_ABOVE", 1_000)
    monkeypatch.setattr(drawn_module, "SAMPLED_ROWS", 300)
    monkeypatch.setattr(drawn_module, "ROWS_PER_FUNCTION", 50)
    running, matrix = RunningVotes(3_000, K), _matrix([1, 2, 3], 3_000)
    _assert_equal_to_full(running, matrix, "evidence")
    _assert_equal_to_full(running, matrix.with_columns({"f1": _column(9, 3_000)}), "evidence")


def test_votes_of_other_rows_are_refused() -> None:
    """A project with new rows needs new counts."""
    with pytest.raises(ValueError, match="votes of 50 rows, expected 60"):
        RunningVotes(60, K).update(_matrix([1], 50))


def test_a_fork_goes_its_own_way() -> None:
    """Both say what a full fit says, whichever of them is edited, laid out anew or not."""
    matrix = _matrix([1, 2, 3, 4, 5, 6, 7, 8], 120)
    running = RunningVotes(120, K)
    _assert_equal_to_full(running, matrix, "evidence")
    edited = matrix.with_columns({"f1": _column(50, 120)})
    fork = running.fork()
    _assert_equal_to_full(fork, edited, "evidence")
    _assert_equal_to_full(running, matrix, "evidence")
    _assert_equal_to_full(running, matrix.select(["f0", "f7"]), "evidence")
    _assert_equal_to_full(fork, edited.with_columns({"f1": _column(51, 120)}), "evidence")
