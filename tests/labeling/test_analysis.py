"""Statistics against a matrix counted by hand and against pandas on real votes."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from benchmarks.label_model_sets import data_folder
from labeling import analysis
from labeling.analysis import FunctionStatistics, function_statistics, pairwise, project_summary
from labeling.intervals import wilson
from labeling.votes import LabelMatrix, Votes

# row                     0   1   2   3   4   5   6   7
A = np.array([+0, +0, +1, -1, -1, -1, +0, -2], dtype=np.int8)
B = np.array([+0, +1, +1, -1, +1, -1, -1, -3], dtype=np.int8)
C = np.array([-1, +1, -1, -1, +0, -1, -1, -1], dtype=np.int8)
GOLD = np.array([0, 1, 1, 0, -1, -1, 1, 0], dtype=np.int8)
MATRIX = LabelMatrix({"a": A, "b": B, "c": C}, 8)
N_CLASSES = 3


def rows(mask: np.ndarray) -> list[int]:
    """Return the rows that a mask keeps."""
    return np.flatnonzero(mask).tolist()


def test_statistics_counted_by_hand() -> None:
    """Every figure of three functions on eight rows is as counted on paper."""
    low_a, high_a = wilson(2, 4)
    low_b, _ = wilson(3, 3)
    low_c, _ = wilson(1, 1)
    assert function_statistics(MATRIX, GOLD, N_CLASSES) == (
        FunctionStatistics("a", (0, 1), 4, 4 / 8, 3 / 8, 1 / 8, 2, 2, 0.5, low_a, high_a),
        FunctionStatistics("b", (0, 1), 4, 4 / 8, 4 / 8, 2 / 8, 3, 0, 1.0, low_b, 1.0),
        FunctionStatistics("c", (0, 1), 2, 2 / 8, 2 / 8, 2 / 8, 1, 0, 1.0, low_c, 1.0),
    )


def test_without_gold_there_is_no_accuracy() -> None:
    """Correct and incorrect are 0, accuracy and its interval are unknown."""
    (statistics, *_) = function_statistics(MATRIX, np.full(8, -1, dtype=np.int8), N_CLASSES)
    assert (statistics.correct, statistics.incorrect, statistics.gold) == (0, 0, 0)
    assert statistics.accuracy is statistics.accuracy_low is statistics.accuracy_high is None


def test_a_function_that_never_votes() -> None:
    """It has no polarity and shares of 0."""
    silent = np.array([-1, -2, -3], dtype=np.int8)
    gold = np.zeros(3, dtype=np.int8)
    (statistics,) = function_statistics(LabelMatrix({"silent": silent}, 3), gold, 2)
    assert statistics == FunctionStatistics("silent", (), 0, 0.0, 0.0, 0.0, 0, 0, None, None, None)


def test_no_rows_and_no_functions() -> None:
    """An empty project has figures, all 0."""
    nothing = np.empty(0, dtype=np.int8)
    (statistics,) = function_statistics(LabelMatrix({"a": nothing}, 0), nothing, 2)
    assert statistics.coverage == 0.0
    summary = project_summary(LabelMatrix({}, 0), nothing, 2)
    assert (summary.rows, summary.votes_per_covered_row) == (0, 0.0)


def test_summary_counted_by_hand() -> None:
    """The totals of all functions are as counted on paper."""
    summary = project_summary(MATRIX, GOLD, N_CLASSES)
    assert summary == analysis.Summary(
        rows=8,
        covered_rows=5,
        uncovered_rows=3,
        overlap_rows=4,
        conflict_rows=2,
        votes=10,
        votes_per_covered_row=2.0,
        gold_rows=6,
        covered_gold_rows=4,
        gold_by_class=(3, 3, 0),
    )


def test_pairs_counted_by_hand() -> None:
    """Overlap, agreement and conflict of every two functions are as counted on paper."""
    pairs = pairwise(MATRIX)
    assert pairs.names == ("a", "b", "c")
    assert pairs.overlap.tolist() == [[4, 3, 1], [3, 4, 2], [1, 2, 2]]
    assert pairs.agreement.tolist() == [[4, 2, 0], [2, 4, 1], [0, 1, 2]]
    assert pairs.conflict.tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


def test_row_slices_by_hand() -> None:
    """Each slice names the rows that were marked on paper."""
    assert rows(analysis.hits(MATRIX, "a")) == [0, 1, 2, 6]
    assert rows(analysis.uncovered(MATRIX)) == [3, 5, 7]
    assert rows(analysis.overlaps(MATRIX)) == [0, 1, 2, 4]
    assert rows(analysis.overlaps(MATRIX, "c")) == [1, 4]
    assert rows(analysis.conflicts(MATRIX)) == [1, 4]
    assert rows(analysis.conflicts(MATRIX, "a")) == [1]
    assert rows(analysis.right_on_gold(MATRIX, GOLD, "a")) == [0, 2]
    assert rows(analysis.wrong_on_gold(MATRIX, GOLD, "a")) == [1, 6]


matrices = arrays(
    np.int8, st.tuples(st.integers(1, 30), st.integers(1, 5)), elements=st.integers(-3, 2)
)


def matrix_of(votes: Votes) -> LabelMatrix:
    """Return a matrix with functions f0, f1, ..."""
    columns = {f"f{j}": np.ascontiguousarray(votes[:, j]) for j in range(votes.shape[1])}
    return LabelMatrix(columns, len(votes))


@settings(max_examples=50, deadline=None)
@given(matrices)
def test_totals_add_up(votes: Votes) -> None:
    """Covered and uncovered rows make all rows; votes are the sum over functions."""
    matrix, gold = matrix_of(votes), votes.max(axis=1, initial=-1)
    summary = project_summary(matrix, gold, 3)
    statistics = function_statistics(matrix, gold, 3)
    assert summary.covered_rows + summary.uncovered_rows == summary.rows == len(votes)
    assert summary.conflict_rows <= summary.overlap_rows <= summary.covered_rows
    assert summary.votes == sum(entry.votes for entry in statistics)
    assert all(entry.conflicts <= entry.overlaps <= entry.coverage for entry in statistics)
    pairs = pairwise(matrix)
    assert np.array_equal(pairs.overlap, pairs.agreement + pairs.conflict)
    assert pairs.overlap.diagonal().tolist() == [entry.votes for entry in statistics]


@settings(max_examples=30, deadline=None)
@given(matrices, st.randoms())
def test_order_of_rows_and_functions_is_irrelevant(votes: Votes, random: object) -> None:
    """Permuting rows changes no figure; permuting functions permutes the figures."""
    seed = random.randint(0, 2**32)  # type: ignore[attr-defined]
    order = np.random.default_rng(seed).permutation(len(votes))
    gold = votes[:, 0].clip(-1)
    before = function_statistics(matrix_of(votes), gold, 3)
    shuffled = function_statistics(matrix_of(votes[order]), gold[order], 3)
    reverse = function_statistics(matrix_of(votes[:, ::-1]), gold, 3)
    assert before == shuffled
    assert [replace(e, name="") for e in before] == [replace(e, name="") for e in reverse[::-1]]


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["youtube", "sms"])
def test_equals_pandas_on_real_votes(name: str) -> None:
    """Statistics equal a row-by-row computation in pandas to the last digit."""
    path = data_folder() / f"{name}.parquet"
    if not path.exists():
        pytest.skip(f"no real votes at {path}; set LABELWRIGHT_DATA to their folder")
    table = pd.read_parquet(path)
    votes = table.filter(regex="^lf_")
    gold = table["gold"]
    voted = votes.where(votes >= 0)
    n_votes, n_labels = voted.count(axis=1), voted.nunique(axis=1)
    columns = {name: votes[name].to_numpy().astype(np.int8) for name in votes}
    matrix = LabelMatrix(columns, len(votes))
    for entry in function_statistics(matrix, gold.to_numpy().astype(np.int8), 2):
        column = voted[entry.name]
        hit = column.notna()
        judged = table[hit & (gold >= 0)]
        right = (judged[entry.name] == judged["gold"]).sum()
        assert entry.polarity == tuple(sorted(column.dropna().unique().astype(int)))
        assert entry.coverage == hit.mean()
        assert entry.overlaps == (hit & (n_votes > 1)).mean()
        assert entry.conflicts == (hit & (n_labels > 1)).mean()
        assert (entry.correct, entry.incorrect) == (right, len(judged) - right)
        assert entry.accuracy == (right / len(judged) if len(judged) else None)
