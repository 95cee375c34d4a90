"""The generated project on which the loop in the browser is measured."""

from pathlib import Path

from benchmarks.browser_loop import arrived
from benchmarks.loop_project import EDITS, TYPED, make_loop_project
from labeling.browse import RowFilter
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.store import TextSearch
from storage import DuckDBOpener


def test_each_edit_and_each_keystroke_has_other_rows(tmp_path: Path) -> None:
    """Else the benchmark would wait for a change that cannot be seen."""
    folder = tmp_path / "p"
    make_loop_project(folder, rows=2_000, functions=5)
    with (
        LocalExecutor() as executor,
        Project(folder, DuckDBOpener().open(folder), executor) as project,
    ):
        states = project.refresh().functions
        beginnings = [word[:end] for word in TYPED for end in range(1, len(word) + 1)]
        rows = [
            project.find_rows(RowFilter(search=TextSearch(rf"\b{word}\b", regex=True))).total
            for word in (*EDITS, *beginnings)
        ]
    assert {state.function.kind for state in states} == {"keyword", "regex", "python"}
    assert all(state.status == "ready" and state.statistics for state in states)
    assert 0 not in rows
    assert len(set(rows[: len(EDITS)])) == len(EDITS)


def test_characters_that_did_not_arrive_are_counted() -> None:
    """One lost in the middle, and one too many that is nobody's."""
    assert arrived("abcdef", "xx abdef!") == 5
