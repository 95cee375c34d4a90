"""Versions of a function over the eight rows, with votes and gold counted by hand.

free v1 votes spam on a, b, h; v2 (money) on a, d, f; v3 (money, as ham) on the same. Dev gold: a
and d are spam, b and c ham.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.analysis import function_statistics
from labeling.errors import ProjectError
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.store import ImportPlan
from labeling.versions import code_diff
from tests.projects import create, keyword, opened, three_functions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, executor: LocalExecutor) -> Path:
    """Three functions, one of them saved three times, each version having run; for copying."""
    folder = create(tmp_path_factory.mktemp("versions") / "p")
    with opened(folder, executor) as project:
        for function in three_functions():
            project.save_function(function, "ann")
        project.refresh()
        for words, label in ((("money",), "spam"), (("money",), "ham")):
            project.put_function(keyword("free", words, label), "bob")
            project.refresh()
    return folder


@pytest.fixture
def project(folder: Path, tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Three functions, one of them saved three times, each version having run."""
    with opened(shutil.copytree(folder, tmp_path / "p"), executor) as project:
        project.refresh()
        yield project


def test_each_version_has_its_figures_of_today(project: Project) -> None:
    """The oldest is right on a and wrong on b; the newest wrong on a and d."""
    first, second, third = project.versions.of("free")
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert [one.saved.author for one in (first, second, third)] == ["ann", "bob", "bob"]
    assert [one.present for one in (first, second, third)] == [False, False, True]
    found = [one.statistics for one in (first, second, third)]
    assert [(one.correct, one.incorrect) for one in found if one] == [(1, 1), (2, 0), (0, 2)]
    assert [one.coverage for one in found if one] == [3 / 8] * 3


def test_figures_of_the_present_version_are_those_of_the_list(project: Project) -> None:
    """Two columns that stand for all other functions give the same overlaps and conflicts."""
    snapshot = project.snapshot()
    for name in snapshot.matrix.names:
        listed = {
            one.name: one for one in function_statistics(snapshot.matrix, snapshot.dev_gold, 2)
        }
        assert project.versions.of(name)[-1].statistics == listed[name]


def test_two_versions_differ_in_code_and_votes(project: Project) -> None:
    """From free to money: d and f are gained, b and h lost, a stays."""
    found = project.versions.compare("free", 1, 2)
    assert found.code.splitlines()[1:] == [
        ' column: "text"', " words:", '-  "free"', '+  "money"', ' label: "spam"',
        ' match: "any"', " whole_word: true",
    ]  # fmt: skip
    assert found.rows == 8
    assert {part: list(one.row_ids) for part, one in found.row_sets.items()} == {
        "gained": [3, 5], "lost": [1, 7], "flipped": [], "gold_mended": [3], "gold_broken": [],
    }  # fmt: skip
    flipped = project.versions.compare("free", 2, 3).row_sets
    assert list(flipped["flipped"].row_ids) == [0, 3, 5]
    assert list(flipped["gold_broken"].row_ids) == [0, 3]


def test_a_comparison_asked_for_again_has_the_same_row_sets(project: Project) -> None:
    """A page of rows stays where it is when the page is drawn anew."""
    before = project.versions.compare("free", 1, 2).row_sets["gained"]
    assert project.versions.compare("free", 1, 2).row_sets["gained"] is before


def test_a_restored_version_is_the_newest_and_does_not_run_again(project: Project) -> None:
    """Its votes are stored, so nothing is queued; the versions between stay."""
    project.versions.restore("free", 1, "ann")
    assert project.refresh().state("free").status == "ready"  # type: ignore[union-attr]
    states = project.versions.of("free")
    assert len(states) == 4
    assert states[3].saved.function == states[0].saved.function
    assert [one.present for one in states] == [False, False, False, True]


@pytest.mark.parametrize(("number", "says"), [(3, "what is saved now"), (4, "no version 4")])
def test_what_cannot_be_restored_is_refused(project: Project, number: int, says: str) -> None:
    """Nothing is added to the history."""
    with pytest.raises(ProjectError, match=says):
        project.versions.restore("free", number)
    assert len(project.versions.of("free")) == 3


def test_a_removed_function_can_be_restored(project: Project) -> None:
    """No version of it is the present one meanwhile."""
    project.remove_function("free")
    project.refresh()
    assert not any(one.present for one in project.versions.of("free"))
    project.versions.restore("free", 2)
    assert project.function("free").version == project.versions.of("free")[1].saved.function.version


def test_votes_from_before_an_import_are_of_the_rows_of_then(
    project: Project, tmp_path: Path
) -> None:
    """Old versions are not run again, so they are compared on the first eight rows."""
    more = tmp_path / "more.csv"
    more.write_text("id,text,gold,split,score\ni,free money,spam,dev,1\n", "utf-8")
    project.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    project.refresh()
    states = project.versions.of("free")
    assert [one.rows for one in states] == [8, 8, 9]
    assert states[0].statistics.coverage == 3 / 8  # type: ignore[union-attr]
    assert project.versions.compare("free", 2, 3).rows == 8


def test_a_version_that_never_ran_has_no_figures(project: Project) -> None:
    """It was replaced before its turn."""
    project.put_function(keyword("free", ("hello",), "ham"))
    project.put_function(keyword("free", ("there",), "ham"))
    project.refresh()
    assert [one.rows for one in project.versions.of("free")] == [8, 8, 8, 0, 8]
    assert project.versions.compare("free", 4, 5).votes is None


def test_the_labels_of_then_are_those_of_the_first_fit(project: Project) -> None:
    """Every version took part in one."""
    fits = [one.fit_then for one in project.versions.of("free")]
    assert [fit.gold_rows for fit in fits if fit] == [4, 4, 4]


def test_code_is_compared_line_by_line() -> None:
    """Python and SQL keep their own lines."""
    before = LabelingFunction("f", "python", "def f(x):\n    return 1\n")
    after = LabelingFunction("f", "python", "def f(x):\n    return 0\n")
    assert code_diff(before, after).splitlines()[1:] == [
        " def f(x):",
        "-    return 1",
        "+    return 0",
    ]
    assert code_diff(after, after) == ""
