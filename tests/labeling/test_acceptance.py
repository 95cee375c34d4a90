"""A function with errors is measured, but makes no labels before somebody accepts it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.browse import RowFilter
from labeling.errors import FunctionError
from labeling.execution.local import LocalExecutor
from labeling.export_labels import ExportOptions
from labeling.functions import LabelingFunction
from labeling.project import Project
from tests.projects import create, keyword, opened

PICKY = """@labeling_function()
def picky(x):
    if x.id == "c":
        raise ValueError("no c")
    return "spam" if "e" in x.text else ABSTAIN
"""


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Lunch votes ham on b, c, h; picky spam on a, b, d, f, g, h, and fails on c."""
    with opened(create(tmp_path / "p"), executor) as project:
        project.save_function(keyword("lunch", ("lunch",), "ham"))
        project.save_function(LabelingFunction("picky", "python", PICKY))
        project.choose_model("majority")
        yield project


def test_it_is_measured_but_labels_nothing(project: Project) -> None:
    """Statistics are over both functions; labels, coverage and totals over the other one."""
    snapshot = project.refresh()
    picky = snapshot.state("picky")
    assert picky is not None
    assert picky.status == "errors"
    assert picky.statistics is not None
    assert (picky.statistics.votes, picky.statistics.conflicts) == (6, 2 / 8)
    assert picky.estimated_accuracy is None
    assert snapshot.matrix.names == ("lunch", "picky")
    assert snapshot.model_matrix.names == ("lunch",)
    assert (snapshot.summary.covered_rows, snapshot.summary.conflict_rows) == (3, 0)
    assert project.find_rows(RowFilter(rows="uncovered")).total == 5
    assert project.find_rows(RowFilter(rows="hits")).total == 3
    assert project.find_rows(RowFilter(rows="conflicts", function="picky")).total == 2
    assert project.fits()[0].functions == ("lunch",)


def test_its_votes_are_shown_beside_a_row_that_has_no_label(project: Project) -> None:
    """An author sees what it would say."""
    project.refresh()
    (row,) = project.rows([6])
    assert (row.votes, row.label) == ((("picky", 1),), None)


def test_an_accepted_version_makes_labels(project: Project) -> None:
    """The row that failed still has no vote of it."""
    project.refresh()
    project.accept_function("picky", author="ada")
    snapshot = project.refresh()
    picky = snapshot.state("picky")
    assert picky is not None
    assert picky.status == "ready"
    assert picky.acceptance is not None
    assert (picky.acceptance.author, picky.acceptance.version) == ("ada", picky.function.version)
    assert snapshot.model_matrix.names == ("lunch", "picky")
    assert snapshot.summary.covered_rows == 7
    assert project.fits()[0].functions == ("lunch", "picky")


def test_accepting_twice_changes_nothing(project: Project) -> None:
    """The first to accept it is remembered."""
    project.refresh()
    project.accept_function("picky", author="ada")
    project.accept_function("picky", author="bob")
    picky = project.refresh().state("picky")
    assert picky is not None
    assert picky.acceptance is not None
    assert picky.acceptance.author == "ada"


def test_a_new_version_is_asked_anew(project: Project) -> None:
    """Acceptance is of what was seen, not of a name."""
    project.refresh()
    project.accept_function("picky")
    project.put_function(LabelingFunction("picky", "python", PICKY.replace('"e"', '"o"')))
    snapshot = project.refresh()
    assert [state.status for state in snapshot.functions] == ["ready", "errors"]
    assert snapshot.model_matrix.names == ("lunch",)


def test_acceptance_outlives_the_process(tmp_path: Path, executor: LocalExecutor) -> None:
    """It is stored, and so are the votes: nothing runs again."""
    with opened(create(tmp_path / "p"), executor) as project:
        project.save_function(LabelingFunction("picky", "python", PICKY))
        project.refresh()
        project.accept_function("picky")
    with opened(tmp_path / "p", executor) as project:
        assert project.refresh().model_matrix.names == ("picky",)


def test_the_export_says_who_made_its_labels(project: Project, tmp_path: Path) -> None:
    """A function that waits gives no label and no column of votes."""
    project.refresh()
    result = project.exports.write(tmp_path / "out.csv", ExportOptions(votes=True))
    header = result.path.read_text("utf-8").splitlines()[0]
    assert header.endswith("p_ham,p_spam,vote_lunch")
    manifest = json.loads(result.manifest_path.read_text("utf-8"))
    in_model = {entry["name"]: entry["in_label_model"] for entry in manifest["functions"]}
    assert in_model == {"lunch": True, "picky": False}


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("def picky(x):\n    return 'ham'\n", "ran without an error"),
        ("import os\ndef picky(x):\n    os._exit(3)\n", "did not run on every row"),
    ],
)
def test_only_rows_with_errors_can_be_accepted(
    project: Project, source: str, complaint: str
) -> None:
    """There is nothing to accept where nothing failed, or where there are no votes."""
    project.put_function(LabelingFunction("picky", "python", source))
    project.refresh()
    with pytest.raises(FunctionError, match=complaint):
        project.accept_function("picky")
