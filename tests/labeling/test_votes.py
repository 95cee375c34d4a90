"""The label matrix and its distinct vote patterns."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from labeling import votes as votes_module
from labeling.votes import LabelMatrix, Votes, vote_patterns


def column(*codes: int) -> Votes:
    """Return one function's votes."""
    return np.array(codes, dtype=np.int8)


def test_columns_keep_their_order() -> None:
    """Votes come function by function in the order given."""
    matrix = LabelMatrix({"b": column(0, -1), "a": column(1, 1)}, 2)
    assert matrix.names == ("b", "a")
    assert matrix.votes.tolist() == [[0, 1], [-1, 1]]


def test_covered_counts_class_codes_only() -> None:
    """Abstains, errors and rows that were not run are no votes."""
    matrix = LabelMatrix({"a": column(-1, -2, -3, 0), "b": column(-1, 1, -1, -1)}, 4)
    assert matrix.covered.tolist() == [False, True, False, True]


def test_a_changed_column_leaves_the_first_matrix_alone() -> None:
    """A matrix is immutable; the new one shares the other columns."""
    first = LabelMatrix({"a": column(0, 0), "b": column(1, 1)}, 2)
    second = first.with_columns({"a": column(-1, 1)})
    assert first.column("a").tolist() == [0, 0]
    assert second.column("a").tolist() == [-1, 1]
    assert second.column("b") is first.column("b")


def test_select_takes_functions_in_the_order_asked() -> None:
    """A selection holds just these functions."""
    matrix = LabelMatrix({"a": column(0), "b": column(1), "c": column(2)}, 1)
    assert matrix.select(["c", "a"]).votes.tolist() == [[2, 0]]


@pytest.mark.parametrize("bad", [np.array([0, 1]), column(0)])
def test_a_column_of_wrong_type_or_length_is_refused(bad: Votes) -> None:
    """The message names the function and what was expected."""
    with pytest.raises(ValueError, match=r"'a': expected int8 of shape \(2,\)"):
        LabelMatrix({"a": bad}, 2)


@pytest.mark.parametrize(
    ("shape", "patterns"), [((0, 3), 0), ((5, 0), 1), ((0, 0), 0)], ids=["no rows", "none", "empty"]
)
def test_patterns_of_nothing(shape: tuple[int, int], patterns: int) -> None:
    """A matrix without rows has no pattern; one without functions has the empty pattern."""
    found = vote_patterns(np.empty(shape, dtype=np.int8))
    assert found.votes.shape == (patterns, shape[1])
    assert found.counts.sum() == shape[0]
    assert found.inverse.shape == (shape[0],)


@settings(max_examples=50, deadline=None)
@given(
    arrays(np.int8, st.tuples(st.integers(1, 40), st.integers(1, 6)), elements=st.integers(-3, 2))
)
def test_patterns_rebuild_the_matrix(matrix: Votes) -> None:
    """Patterns are distinct, their counts add up, and `votes[inverse]` is the matrix."""
    found = vote_patterns(matrix)
    assert np.array_equal(found.votes[found.inverse], matrix)
    assert len({row.tobytes() for row in found.votes}) == len(found.votes)
    assert np.array_equal(np.bincount(found.inverse), found.counts)


def test_colliding_hashes_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that share a hash are still told apart."""
    monkeypatch.setattr(
        votes_module, "_row_hashes", lambda matrix: np.zeros(len(matrix), dtype=np.int64)
    )
    matrix = np.array([[0, 1], [1, 0], [0, 1]], dtype=np.int8)
    found = vote_patterns(matrix)
    assert sorted(found.counts.tolist()) == [1, 2]
    assert np.array_equal(found.votes[found.inverse], matrix)
