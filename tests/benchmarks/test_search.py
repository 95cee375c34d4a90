"""The benchmark of searching finds what a plain look at its rows finds."""

import re
from pathlib import Path

from benchmarks import search
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from storage import DuckDBOpener

ROWS = 1_000


def test_every_way_to_search_finds_rows(tmp_path: Path) -> None:
    """An empty answer would be there at once, and say nothing of a search."""
    folder = tmp_path / "p"
    search.make_search_project(folder, ROWS)
    with (
        LocalExecutor() as executor,
        Project(folder, DuckDBOpener().open(folder), executor) as project,
    ):
        for i in range(search.FUNCTIONS):
            project.save_function(search.keyword(i))
        project.refresh()
        found = dict(search.measured(project))
        texts = [row.text for row in project.rows(range(ROWS))]
    assert found["all rows"][0].found == ROWS
    assert [one.found for one in found["regex"]] == [
        sum(re.search(rf"\bword\d{i}5\b.*word1", text) is not None for text in texts)
        for i in range(search.TIMES)
    ]
    for name in set(found) - {"confidence", "four at once"}:
        assert min(one.found for one in found[name]) > 0, name
    line = search.table_line(ROWS, "substring", found["substring"])
    assert line.startswith("| 1,000 | substring | ")
