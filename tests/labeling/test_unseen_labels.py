"""How right the labels are on gold that nobody had seen; by hand, and without that gold."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
import numpy.typing as npt
import pytest

from labeling.annotation_store import Annotation
from labeling.execution.local import LocalExecutor
from labeling.models import MODELS
from labeling.models.running import RunningVotes
from labeling.project import Project
from labeling.unseen_gold import GoldAges, UnseenLabels
from labeling.unseen_labels import unseen_labels
from labeling.votes import LabelMatrix
from tests.projects import create, keyword, opened, three_functions

CHOICE = ("majority", 0)


def _measured(
    columns: dict[str, list[int]],
    gold: list[int],
    unseen: list[int],
    choice: tuple[str, int] = CHOICE,
    weights: list[float] | None = None,
) -> UnseenLabels | None:
    matrix = LabelMatrix(
        {name: np.array(votes, dtype=np.int8) for name, votes in columns.items()}, len(gold)
    )
    votes = RunningVotes(matrix.n_rows, 2)
    votes.update(matrix)
    return unseen_labels(
        votes,
        matrix,
        np.array(gold, dtype=np.int8),
        np.array(unseen, dtype=np.int64),
        choice,
        gold_weights=None if weights is None else np.array(weights),
    )


def test_covered_rows_count_and_ties_by_half() -> None:
    """Right on row 2, wrong on 3, tied on 4; row 5 is uncovered, and row 0 was seen."""
    columns = {"f": [0, 1, 0, 1, 0, -1], "g": [0, 1, 0, 1, 1, -1]}
    found = _measured(columns, [0, -1, 0, 0, 1, 1], [2, 3, 4, 5])
    assert found == UnseenLabels(right=1.5, majority_right=1.5, rows=3)
    assert found.accuracy == 0.5


def test_without_unseen_covered_gold_there_is_none() -> None:
    """No figure is made up."""
    assert _measured({"f": [0, -1]}, [0, 1], []) is None
    assert _measured({"f": [0, -1]}, [0, 1], [1]) is None


def test_rows_that_stand_for_more_count_for_more() -> None:
    """Right on row 2, which stands for three rows; wrong on 3, tied on 4, which stand for one."""
    columns = {"f": [0, 1, 0, 1, 0, -1], "g": [0, 1, 0, 1, 1, -1]}
    # Weights of the rows with gold, 0, 2, 3, 4 and 5: row 1 has none.
    found = _measured(columns, [0, -1, 0, 0, 1, 1], [2, 3, 4, 5], weights=[9, 3, 1, 1, 9])
    assert found is not None
    assert found.accuracy == 0.5
    assert found.reweighted is not None
    assert found.reweighted.share == pytest.approx((3 + 0 + 0.5) / 5)
    assert found.reweighted_majority == found.reweighted
    assert found.reweighted.effective_rows == pytest.approx(25 / 11)


def test_the_fit_learns_the_class_balance_from_weighted_gold_it_may_see() -> None:
    """What it may not see cannot change it, however much it stands for."""
    random = np.random.default_rng(7)
    truth = random.integers(0, 2, 400)
    voted = np.where(random.random((3, 400)) < 0.7, truth, 1 - truth)
    columns = {f"f{j}": np.where(random.random(400) < 0.7, voted[j], -1).tolist() for j in range(3)}
    gold = np.where(np.arange(400) < 200, truth, -1)
    unseen, even = list(range(100, 200)), np.ones(200)
    seen_ham, unseen_ham = even.copy(), even.copy()
    seen_ham[:100][gold[:100] == 0] = 60.0
    unseen_ham[100:][gold[100:200] == 0] = 60.0

    def right(weights: npt.NDArray[np.float64]) -> float:
        found = _measured(columns, gold.tolist(), unseen, ("dawid-skene", 0), weights.tolist())
        assert found is not None
        return found.right

    assert right(unseen_ham) == right(even)
    assert right(seen_ham) != right(even)


@pytest.mark.parametrize("model", MODELS)
def test_the_fit_does_not_know_the_unseen_gold(model: str) -> None:
    """Were it the other way round, just the other labels would be right."""
    random = np.random.default_rng(4)
    truth = random.integers(0, 2, 300)
    columns: dict[str, npt.NDArray[np.int8]] = {}
    for j in range(4):
        voted = np.where(random.random(300) < 0.6 + 0.08 * j, truth, 1 - truth)
        columns[f"f{j}"] = np.where(random.random(300) < 0.6, voted, -1).astype(np.int8)
    matrix, unseen = LabelMatrix(columns, 300), np.arange(100, 200)
    votes = RunningVotes(300, 2)
    votes.update(matrix)
    gold = np.where(np.arange(300) < 200, truth, -1).astype(np.int8)
    turned = gold.copy()
    turned[unseen] = 1 - gold[unseen]
    one, other = (unseen_labels(votes, matrix, g, unseen, (model, 0)) for g in (gold, turned))
    assert one is not None
    assert other is not None
    assert one.right + other.right == pytest.approx(one.rows)
    assert one.accuracy > 0.6


def test_the_last_edit_of_any_function_decides() -> None:
    """Rows 1 and 5 were labelled first as numbers 3 and 8; a function unknown here saw all."""
    ages = GoldAges(np.array([1, 5]), np.array([3, 8]), {"early": 2, "late": 5})
    assert ages.unseen_by_all(["early"]).tolist() == [1, 5]
    assert ages.unseen_by_all(["early", "late"]).tolist() == [5]
    assert ages.unseen_by_all(["early", "unknown"]).tolist() == []


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Three functions that ran."""
    with opened(create(tmp_path / "p"), executor) as project:
        for function in three_functions():
            project.save_function(function)
        yield project


def test_an_edit_makes_all_gold_seen(project: Project) -> None:
    """A label that came later brings the figure, and an edit takes it away."""

    def unseen() -> UnseenLabels | None:
        report = project.refresh().model
        return None if report is None else report.unseen

    def label(row: int, code: int) -> None:
        project.annotate([Annotation(uuid4(), row, "label", code, "ann", datetime.now(UTC))])

    assert unseen() is None
    label(7, 0)
    found = unseen()
    assert found is not None
    assert found.rows == 1
    project.put_function(keyword("free", ("free", "gratis"), "spam"))
    assert unseen() is None
