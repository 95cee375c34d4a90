"""Accuracy on gold that came after a function was saved; votes are counted by hand.

money votes spam on a, d, f; free spam on a, b, h; lunch ham on b, c, h. Rows g and h have no
imported gold; e and f are test rows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest

from labeling.annotation_store import Annotation
from labeling.draws import Draw
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.table import statistics_records
from labeling.unseen_gold import GoldAges, UnseenAccuracy, unseen_accuracy
from tests.projects import CSV, create, keyword, opened, three_functions

H, PHONE = 7, 8


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Three functions that ran."""
    with opened(create(tmp_path / "p"), executor) as project:
        for function in three_functions():
            project.save_function(function)
        yield project


def label(
    project: Project, row: int, code: int, at: datetime | None = None, draw: Draw | None = None
) -> None:
    """Label a row as somebody whose clock may be wrong."""
    now = at or datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, "label", code, "ann", now, draw=draw)])


def unseen(project: Project) -> dict[str, UnseenAccuracy | None]:
    """Return the figure of each function, brought up to date."""
    return {state.function.name: state.unseen for state in project.refresh().functions}


def test_imported_gold_counts_as_seen(project: Project) -> None:
    """It was there before any function."""
    assert unseen(project) == {"money": None, "lunch": None, "free": None}


def test_a_label_that_came_later_was_not_seen(project: Project) -> None:
    """On h, lunch says ham and is right, free says spam and is wrong."""
    label(project, H, 0)
    assert unseen(project) == {
        "money": None,
        "lunch": UnseenAccuracy(1, 0),
        "free": UnseenAccuracy(0, 1),
    }


def test_what_was_labelled_before_the_last_edit_was_seen(project: Project) -> None:
    """The edit may have learned from it; other functions are not touched by that."""
    label(project, H, 0)
    project.put_function(keyword("free", ("free", "gratis"), "spam"))
    found = unseen(project)
    assert (found["lunch"], found["free"]) == (UnseenAccuracy(1, 0), None)
    label(project, H, 1)
    assert unseen(project)["free"] is None


def test_a_clock_that_is_wrong_does_not_matter(project: Project) -> None:
    """The order in which things were saved counts."""
    label(project, H, 0, datetime.now(UTC) - timedelta(days=1))
    assert unseen(project)["lunch"] == UnseenAccuracy(1, 0)


def test_a_function_that_was_removed_and_brought_back_is_saved_anew(project: Project) -> None:
    """So gold from before that counts as seen."""
    label(project, H, 0)
    function = project.function("lunch")
    project.remove_function("lunch")
    project.save_function(function)
    assert unseen(project)["lunch"] is None


def test_the_figures_are_in_the_records(project: Project) -> None:
    """A program finds them beside the plain accuracy."""
    label(project, H, 0)
    records = {one["name"]: one for one in statistics_records(project.refresh())}
    assert (records["lunch"]["unseen_correct"], records["lunch"]["unseen_incorrect"]) == (1, 0)
    assert (records["money"]["unseen_correct"], records["money"]["unseen_incorrect"]) == (0, 0)


def test_draws_weigh_what_was_not_seen(tmp_path: Path, executor: LocalExecutor) -> None:
    """Free is wrong on h, which stands for half a row, and right on the phone, for 2.5."""
    csv = CSV + "i,a free phone,,,9\nj,good morning,,,10\n"
    with opened(create(tmp_path / "more", csv), executor) as project:
        for function in three_functions():
            project.save_function(function)
        label(project, H, 0, draw=Draw("conflicting", 1.0, 0.25))
        label(project, PHONE, 1, draw=Draw("conflicting", 0.1, 0.25))
        snapshot = project.refresh()
    # 1 + (4 - 2) / (4 - m) (w - 1) for m = 1, 2: h stands for 0.5 rows, the phone for 2.5.
    records = {one["name"]: one for one in statistics_records(snapshot)}
    assert records["free"]["unseen_reweighted"]["share"] == pytest.approx(2.5 / 3)
    assert records["lunch"]["unseen_reweighted"] is None, "one row alone has nothing to weigh"
    assert snapshot.model is not None
    assert snapshot.model.unseen is not None
    assert snapshot.model.unseen.reweighted is not None


def test_a_row_that_stands_for_more_counts_for_more() -> None:
    """Rows 2 and 4 were labelled later: right where it stands for three rows, wrong for one."""
    gold, votes = (np.array(codes, dtype=np.int8) for codes in ([0, -1, 1, 0, 1], [0, 0, 1, 1, 0]))
    ages = GoldAges(np.array([2, 4]), np.array([8, 9]), {"f": 5})
    weights = np.array([7.0, 3.0, 7.0, 1.0])
    found = unseen_accuracy(ages, "f", votes, gold, np.ones(5, dtype=bool), weights)
    assert found is not None
    assert (found.correct, found.incorrect) == (1, 1)
    assert found.reweighted is not None
    assert found.reweighted.share == 0.75


def test_accuracy_and_interval() -> None:
    """Wilson's interval of nine in ten."""
    found = UnseenAccuracy(9, 1)
    assert (found.accuracy, found.rows) == (0.9, 10)
    assert found.interval == pytest.approx((0.596, 0.982), abs=0.001)
