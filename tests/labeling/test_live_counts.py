"""Counts from bits equal the reference, and a function that did not change is not counted again."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from labeling import vote_bits
from labeling.analysis import function_statistics, pairwise, project_summary
from labeling.live_counts import Gold, LiveCounts, counted_pairs, statistics_beside
from labeling.vote_bits import VoteBits, bits_of
from labeling.votes import LabelMatrix, Votes

N_CLASSES = 11


@st.composite
def matrices(draw: st.DrawFn) -> tuple[LabelMatrix, Votes]:
    """Up to five functions on up to 200 rows, with errors and rows not run, and gold."""
    n_rows = draw(st.integers(0, 200))
    codes = st.integers(-3, N_CLASSES - 1)
    columns = {
        f"f{j}": draw(arrays(np.int8, n_rows, elements=codes))
        for j in range(draw(st.integers(0, 5)))
    }
    gold = draw(arrays(np.int8, n_rows, elements=st.integers(-1, N_CLASSES - 1)))
    return LabelMatrix(columns, n_rows), gold


@settings(deadline=None)
@given(matrices())
def test_every_figure_is_the_references(drawn: tuple[LabelMatrix, Votes]) -> None:
    """Statistics, summary, covered rows and pairs, also of more classes than sets are kept of."""
    matrix, gold = drawn
    counts = LiveCounts(matrix, N_CLASSES)
    assert counts.statistics(gold) == function_statistics(matrix, gold, N_CLASSES)
    assert counts.summary(gold) == project_summary(matrix, gold, N_CLASSES)
    assert np.array_equal(counts.covered, matrix.covered)
    found, wanted = counted_pairs(matrix), pairwise(matrix)
    assert found.names == wanted.names
    for name in ("overlap", "agreement", "conflict"):
        assert np.array_equal(getattr(found, name), getattr(wanted, name))


@settings(deadline=None)
@given(matrices(), st.integers(0, 200))
def test_votes_on_a_sample_are_measured_as_on_those_rows_alone(
    drawn: tuple[LabelMatrix, Votes], seen: int
) -> None:
    """Statistics of the first rows equal those of a matrix of only these rows."""
    matrix, gold = drawn
    if not matrix.names:
        return
    seen = min(seen, matrix.n_rows)
    name = matrix.names[0]
    votes = matrix.column(name).copy()
    votes[seen:] = -1
    others = LiveCounts(matrix, N_CLASSES).others(name)
    found = statistics_beside(name, votes, others, Gold(gold), seen, N_CLASSES)
    few = LabelMatrix({one: matrix.column(one)[:seen].copy() for one in matrix.names}, seen)
    assert found == function_statistics(few, gold[:seen], N_CLASSES)[0]


def test_only_a_changed_function_is_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three functions one is replaced; one set of bits is made, and two pairs are compared."""
    rng = np.random.default_rng(0)
    matrix = LabelMatrix({f"f{j}": rng.integers(-1, 2, 640).astype(np.int8) for j in range(3)}, 640)
    counted_pairs(matrix)
    made: list[Votes] = []
    monkeypatch.setattr(
        vote_bits, "VoteBits", lambda column: made.append(column) or VoteBits(column)
    )
    changed = matrix.with_columns({"f1": rng.integers(-1, 2, 640).astype(np.int8)})
    found = counted_pairs(changed)
    assert len(made) == 1
    assert made[0] is changed.column("f1")
    assert np.array_equal(found.overlap, pairwise(changed).overlap)


def test_what_is_known_of_votes_ends_with_them() -> None:
    """A new column at the address of an old one is never taken for it."""
    for value in range(20):
        column = np.full(100, value % 2, dtype=np.int8)
        assert [*bits_of(column).counts] == [value % 2]
        del column
        gc.collect(0)  # the column was made just now
