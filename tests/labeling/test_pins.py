"""Rows pinned to functions, and the functions exported with them; votes are counted by hand.

money votes spam on a, d, f; free on a, b, h; lunch ham on b, c, h. e and f are test rows.
"""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from labeling.errors import LabelwrightError
from labeling.event_words import described
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.runs import NOT_RUN
from labeling.votes import ABSTAIN
from tests.projects import keyword

ANY_NAME = LabelingFunction(
    "no spam, please",
    "python",
    """from __future__ import annotations

from snorkel.labeling import LabelingFunction


def by_score(x, limit):
    return 1 if x["score"] > limit and "text" in x else -1


likes = LabelingFunction(name="no spam, please", f=by_score, resources=dict(limit=3))
""",
)


def results(project: Project, name: str) -> list[tuple[int, int | None, bool | None]]:
    """Return row, vote and whether it passed."""
    return [(one.pin.row_id, one.vote, one.passed) for one in project.pins.check(name)]


def test_pinned_rows_are_checked_failures_first(project: Project) -> None:
    """Function free should abstain on b and does not; a and g are as they should be."""
    for row_id, code in ((0, 1), (1, ABSTAIN), (6, ABSTAIN)):
        project.pins.pin("free", row_id, code, "ann")
    assert results(project, "free") == [(1, 1, False), (0, 1, True), (6, -1, True)]
    assert list(project.pins.check_all()) == ["free"]
    project.pins.unpin("free", 1)
    assert results(project, "free") == [(0, 1, True), (6, -1, True)]


def test_an_edit_is_checked_once_it_has_run(project: Project) -> None:
    """Until then nothing is known."""
    project.pins.pin("free", 3, 1)
    project.put_function(keyword("free", ("money",), "spam"))
    assert results(project, "free") == [(3, None, None)]
    project.refresh()
    assert results(project, "free") == [(3, 1, True)]


def test_votes_of_a_preview_are_checked(project: Project) -> None:
    """Beyond its rows, and where it was not run, nothing is known."""
    for row_id, code in ((0, 0), (1, 0), (7, 1)):
        project.pins.pin("free", row_id, code)
    found = project.pins.check_votes("free", np.array([0, NOT_RUN], dtype=np.int8))
    assert [(one.vote, one.passed) for one in found] == [(0, True), (None, None), (None, None)]
    assert project.pins.rows_of("free") == (0, 1, 7)
    assert project.pins.rows_of("money") == ()


@pytest.mark.parametrize(
    ("name", "row_id", "code", "says"),
    [
        ("free", 4, 1, "locked away for test"),
        ("free", 8, 1, "no row 8"),
        ("free", 0, 2, "no class number 2"),
        ("none", 0, 1, "no labeling function 'none'"),
    ],
)
def test_what_cannot_be_pinned_is_refused(
    project: Project, name: str, row_id: int, code: int, says: str
) -> None:
    """Functions are never tuned on test rows."""
    with pytest.raises(LabelwrightError, match=says):
        project.pins.pin(name, row_id, code)


def test_pinned_rows_follow_a_new_name(project: Project) -> None:
    """A rename keeps its tests."""
    project.pins.pin("free", 0, 1)
    project.save_function(keyword("gratis", ("free",), "spam"), replaces="free")
    project.refresh()
    assert results(project, "gratis") == [(0, 1, True)]
    assert results(project, "free") == []


def test_pinning_is_in_the_history_and_can_be_undone(project: Project) -> None:
    """The second vote gives way to the first."""
    project.pins.pin("free", 0, 1, "ann")
    project.pins.pin("free", 0, ABSTAIN, "bob")
    (event,) = project.history.timeline(limit=1).events
    assert described(event, ("ham", "spam")) == "pinned row 0 to free: abstain"
    project.history.undo(event.event_id)
    assert results(project, "free") == [(0, 1, True)]


def pytest_of(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the exported tests where Labelwright is not to be found."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={"PATH": ""}
    )


def test_exported_functions_vote_the_same_without_labelwright(
    project: Project, tmp_path: Path
) -> None:
    """Every kind that is a function of one row, on all rows that are not for test."""
    project.save_function(
        LabelingFunction(
            "ends", "regex", '{"column": "text", "pattern": "now$|charge", "label": "ham"}'
        )
    )
    project.save_function(ANY_NAME)
    project.save_function(LabelingFunction("all", "sql", "SELECT row_id, 0 AS label FROM rows"))
    matrix = project.refresh().matrix
    assert list(matrix.column(ANY_NAME.name)) == [-1, -1, -1, 1, 1, -1, 1, 1]
    for name in matrix.names:
        for row_id in (0, 1, 2, 3, 6, 7):
            project.pins.pin(name, row_id, int(matrix.column(name)[row_id]))
    written = project.pins.export(tmp_path / "out")
    assert written.functions == ("money", "lunch", "free", "ends", "no spam, please")
    assert list(written.left_out) == ["all"]
    ran = pytest_of(tmp_path / "out")
    assert "30 passed" in ran.stdout, ran.stdout
    tests = (tmp_path / "out" / "test_functions.py").read_text("utf-8")
    assert "'gold'" not in tests
    project.pins.pin("free", 0, 0)
    project.pins.export(tmp_path / "again")
    assert "1 failed, 29 passed" in pytest_of(tmp_path / "again").stdout


def test_an_export_goes_over_nothing(project: Project, tmp_path: Path) -> None:
    """A folder that holds something is left as it is."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x", "utf-8")
    with pytest.raises(LabelwrightError, match="something in this folder"):
        project.pins.export(tmp_path / "out")
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["mine.txt"]
