"""Edit one function of a large project: how soon the figures are new, and whether pages wait.

Usage: PYTHONPATH=. python benchmarks/edit_function.py [ROWS=100000] [FUNCTIONS=10]
Prints medians of five edits of a keyword function: seconds from the save to the new statistics and
to the refitted label model, and the longest that a page waited for a snapshot and a page of rows
meanwhile.
"""

import random
import resource
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from labeling.browse import RowFilter
from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.project import Project
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener

WORDS = [f"word{i}" for i in range(400)]
EDITS = 5


def main() -> None:
    """Make the project, edit it and print one table line."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    functions = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as scratch, LocalExecutor() as executor:
        folder = Path(scratch) / "project"
        make_project(folder, rows)
        with Project(folder, DuckDBOpener().open(folder), executor) as project:
            for i in range(functions):
                project.save_function(python(i) if i % 2 else keyword(i, WORDS[i]))
            project.start()
            project.wait_idle(600)
            edits = [edit(project, i) for i in range(EDITS)]
    statistics, refit, waited = (median(values) for values in zip(*edits, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| rows | functions | new statistics | new labels | longest page wait | peak MB |")
    print("|--:|--:|--:|--:|--:|--:|")
    print(
        f"| {rows:,} | {functions} | {statistics:.2f} s | {refit:.2f} s "
        f"| {1000 * waited:.0f} ms | {memory:,.0f} |"
    )


def edit(project: Project, i: int) -> tuple[float, float, float]:
    """Save another version of the first function and watch the snapshots as a page does."""
    changed = keyword(0, WORDS[100 + i])
    longest = 0.0
    started = time.perf_counter()
    saved = threading.Thread(
        target=project.save_function, args=(changed,), kwargs={"replaces": changed.name}
    )
    saved.start()
    fresh: float | None = None
    while True:
        asked = time.perf_counter()
        snapshot = project.snapshot()
        project.find_rows(RowFilter("hits", function=changed.name), limit=25)
        longest = max(longest, time.perf_counter() - asked)
        state = snapshot.state(changed.name)
        ready = state is not None and state.function == changed and state.status == "ready"
        if ready and fresh is None:
            fresh = time.perf_counter() - started
        if ready and fresh is not None and snapshot.phase == "idle":
            saved.join()
            return fresh, time.perf_counter() - started, longest
        time.sleep(0.01)


def make_project(folder: Path, rows: int) -> None:
    """Create a project of random short texts, gold on every fiftieth row."""
    chance = random.Random(7)
    data = folder.parent / "rows.csv"
    with data.open("w", encoding="utf-8") as file:
        file.write("id,text,gold\n")
        for i in range(rows):
            gold = chance.choice(("ham", "spam")) if i % 50 == 0 else ""
            file.write(f"{i},{' '.join(chance.choices(WORDS, k=14))},{gold}\n")
    info = ProjectInfo("bench", ("ham", "spam"), "text", "id")
    create_project(folder, DuckDBOpener(), info, ImportPlan(data, "text", "id", "gold"))


def keyword(i: int, word: str) -> LabelingFunction:
    """A keyword function."""
    parameters = KeywordParameters("text", (word, WORDS[200 + i]), ("ham", "spam")[i % 2])
    return LabelingFunction(f"f{i}", "keyword", parameters.to_source())


def python(i: int) -> LabelingFunction:
    """A Python function."""
    source = f'def f{i}(x):\n    return "spam" if "{WORDS[i]} " in x.text else ABSTAIN\n'
    return LabelingFunction(f"f{i}", "python", source)


if __name__ == "__main__":
    main()
