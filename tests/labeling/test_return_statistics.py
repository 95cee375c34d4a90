"""Returns of functions over the eight rows, with rows and gold counted by hand."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.project import Project
from labeling.store import ImportPlan
from tests.projects import create, keyword, opened

SOURCE = """def branches(x):
    if "free" in x.text:
        return "spam"
    if "money" in x.text:
        return "spam"
    if x.score > 4:
        return ABSTAIN
    return "ham" if "lunch" in x.text else ABSTAIN
"""


@pytest.fixture
def project(tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """One function with four returns, and one of keywords."""
    with opened(create(tmp_path / "p"), executor) as project:
        project.save_function(LabelingFunction("branches", "python", SOURCE))
        project.save_function(keyword("free", ("free",), "spam"))
        project.refresh()
        yield project


def test_each_return_has_its_rows_and_its_accuracy(project: Project) -> None:
    """Free on a, b and h (a right, b wrong); money on d and f (d right); lunch on c (right)."""
    found = project.returns.of("branches")
    assert found is not None
    assert [one.line for one in found] == [3, 5, 7, 8]
    assert [one.answered for one in found] == [3, 2, 2, 1]
    assert [one.votes for one in found] == [3, 2, 0, 1]
    assert [(one.correct, one.incorrect) for one in found] == [(1, 1), (1, 0), (0, 0), (1, 0)]
    assert [one.rows.row_ids.tolist() for one in found] == [[0, 1, 7], [3, 5], [4, 6], [2]]
    assert found[0].coverage == 3 / 8
    assert (found[0].accuracy, math.isnan(found[2].accuracy)) == (0.5, True)
    assert found[0].accuracy_low < 0.5 < found[0].accuracy_high
    assert found[2].rows.title == "Line 7 abstains"


def test_asked_again_the_same_row_sets_come_back(project: Project) -> None:
    """Until gold or votes change."""
    first = project.returns.of("branches")
    assert project.returns.of("branches") is first
    project.put_function(LabelingFunction("branches", "python", SOURCE.replace("> 4", "> 6")))
    project.refresh()
    second = project.returns.of("branches")
    assert second is not None
    assert [one.answered for one in second] == [3, 2, 1, 2]


def test_rows_that_are_added_are_counted_too(project: Project, tmp_path: Path) -> None:
    """The run goes on where it stopped."""
    more = tmp_path / "more.csv"
    more.write_text("id,text,gold,split,score\ni,free for all,spam,dev,0\n", "utf-8")
    project.import_rows(ImportPlan(more, "text", "id", "gold", "split"))
    project.refresh()
    found = project.returns.of("branches")
    assert found is not None
    assert (found[0].votes, found[0].correct) == (4, 2)


def test_functions_without_known_returns_have_none(project: Project) -> None:
    """Of another kind, wrapped, or not there."""
    wrapped = "import functools\n@labeling_function()\n@functools.cache\ndef f(x):\n    return 1\n"
    project.save_function(LabelingFunction("f", "python", wrapped))
    project.refresh()
    assert [project.returns.of(name) for name in ("free", "f", "nobody")] == [None] * 3
