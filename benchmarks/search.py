"""How long it takes to browse and search many rows, one page at a time.

Usage: PYTHONPATH=. python benchmarks/search.py [ROWS=1000000]
A generated project with ten keyword functions is searched in different ways, five times each with
other words, numbers or functions, so that no answer is there from before. Page 1 includes the
search; the last page is turned to after that. Prints medians and the slowest, and how many rows
were found in the middle case.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from labeling.browse import RowFilter
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.project import Project
from labeling.row_query import ColumnCondition, VoteCondition
from labeling.store import ImportPlan, ProjectInfo, TextSearch
from labeling.votes import ABSTAIN
from labeling.workspace import create_project
from storage import DuckDBOpener

CLASSES = ("ham", "spam")
WORDS = [f"word{i:03d}" for i in range(400)]
FUNCTIONS, TIMES, PAGE_ROWS = 10, 5, 25


class Timed(NamedTuple):
    """Rows found, and seconds until page 1 and, after that, the last page were there."""

    found: int
    first: float
    last: float


def searches() -> dict[str, Callable[[int], RowFilter]]:
    """Return the filter of every way to search, for the numbers 0 to TIMES - 1."""
    return {
        "substring": lambda i: RowFilter(search=TextSearch(f"{i}7 word")),
        "regex": lambda i: RowFilter(search=TextSearch(rf"\bword\d{i}5\b.*word1", regex=True)),
        "column between": lambda i: RowFilter(columns=(between(10 * i, 10 * i + 5),)),
        "by function": lambda i: RowFilter("hits", function=f"f{i}"),
        "disagreement": lambda i: RowFilter("conflicts", function=f"f{i}"),
        "vote pattern": lambda i: RowFilter(
            votes=(VoteCondition(f"f{i}", None), VoteCondition(f"f{i + 5}", ABSTAIN, negate=True))
        ),
        "confidence": lambda i: RowFilter(confidence=(0.5 + i / 20, 0.55 + i / 20)),
        "four at once": lambda i: RowFilter(
            search=TextSearch(f"{i} word1"),
            columns=(between(i, 50 + i),),
            votes=(VoteCondition(f"f{i}", None),),
            confidence=(0.5, 0.99 - i / 100),
        ),
    }


def between(low: int, high: int) -> ColumnCondition:
    """Return the condition that the score of a row is in a range."""
    return ColumnCondition("score", "between", (str(low), str(high)))


def make_search_project(folder: Path, rows: int) -> None:
    """Create the project: texts of ten words, a score from 0 to 99, gold on every hundredth row."""
    chance = random.Random(5)
    data = folder.parent / "rows.csv"
    with data.open("w", encoding="utf-8") as file:
        file.write("id,text,score,gold\n")
        for i in range(rows):
            gold = CLASSES[chance.randrange(2)] if i % 100 == 0 else ""
            words = " ".join(chance.choices(WORDS, k=10))
            file.write(f"{i},{words},{chance.randrange(100)},{gold}\n")
    info = ProjectInfo("bench", CLASSES, "text", "id")
    create_project(folder, DuckDBOpener(), info, ImportPlan(data, "text", "id", "gold"))
    data.unlink()


def keyword(i: int) -> LabelingFunction:
    """Return a function that votes on about a tenth of the rows."""
    words = tuple(WORDS[(37 * i + step) % len(WORDS)] for step in range(4))
    source = KeywordParameters("text", words, CLASSES[i % 2]).to_source()
    return LabelingFunction(f"f{i}", "keyword", source)


def measured(project: Project) -> Iterator[tuple[str, list[Timed]]]:
    """Search in every way, TIMES times each."""
    yield "all rows", [timed(project, RowFilter())]
    for name, wanted in searches().items():
        yield name, [timed(project, wanted(i)) for i in range(TIMES)]


def timed(project: Project, wanted: RowFilter) -> Timed:
    """Open page 1 of the rows that a filter keeps, and then the last page."""
    began = time.perf_counter()
    found = project.find_rows(wanted, limit=PAGE_ROWS).total
    first = time.perf_counter() - began
    began = time.perf_counter()
    project.find_rows(wanted, offset=max(found - 1, 0) // PAGE_ROWS * PAGE_ROWS, limit=PAGE_ROWS)
    return Timed(found, first, time.perf_counter() - began)


def table_line(rows: int, name: str, times: list[Timed]) -> str:
    """Return one line of the table."""
    first, last = ([1000 * one.first for one in times], [1000 * one.last for one in times])
    return (
        f"| {rows:,} | {name} | {median(one.found for one in times):,.0f} "
        f"| {median(first):,.0f} ms | {max(first):,.0f} ms "
        f"| {median(last):,.0f} ms | {max(last):,.0f} ms |"
    )


def main() -> None:
    """Make the project, search it and print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bench"
        make_search_project(folder, rows)
        store = DuckDBOpener().open(folder)
        with LocalExecutor() as executor, Project(folder, store, executor) as project:
            for i in range(FUNCTIONS):
                project.save_function(keyword(i))
            project.refresh()
            print(
                "| rows | search | found | page 1, median | slowest | last page, median | slowest |"
            )
            print("|--:|---|--:|--:|--:|--:|--:|")
            for name, times in measured(project):
                print(table_line(rows, name, times), flush=True)


if __name__ == "__main__":
    main()
