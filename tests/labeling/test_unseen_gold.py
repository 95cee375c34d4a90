"""Accuracy on gold that came after a function was saved; votes are counted by hand.

money votes spam on a, d, f; free spam on a, b, h; lunch ham on b, c, h. Rows g and h have no
imported gold; e and f are test rows.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.store import Annotation
from labeling.table import statistics_records
from labeling.unseen_gold import UnseenAccuracy
from tests.projects import create, keyword, opened, three_functions

H = 7


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Three functions that ran."""
    with opened(create(tmp_path / "p"), executor) as project:
        for function in three_functions():
            project.save_function(function)
        yield project


def label(project: Project, row: int, code: int, at: datetime | None = None) -> None:
    """Label a row as somebody whose clock may be wrong."""
    now = at or datetime.now(UTC)
    project.annotate([Annotation(uuid4(), row, "label", code, "ann", now)])


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


def test_accuracy_and_interval() -> None:
    """Wilson's interval of nine in ten."""
    found = UnseenAccuracy(9, 1)
    assert (found.accuracy, found.rows) == (0.9, 10)
    assert found.interval == pytest.approx((0.596, 0.982), abs=0.001)
