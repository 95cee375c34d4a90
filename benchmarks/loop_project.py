"""A generated project for `benchmarks/browser_loop.py`: its rows, and functions of three kinds."""

import random
from pathlib import Path

from labeling.execution.local import LocalExecutor
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.regex import RegexParameters
from labeling.project import Project
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener

CLASSES = ("ham", "spam")
WORDS = [f"word{i}" for i in range(400)]
EDITS = [f"{letter}rare" for letter in "abcdefghij"]
"""Each of these words is in another share of the rows, so that every edit moves the figures."""
TYPED = ("parcel", "refund")
"""Every beginning of these words is a word of some rows, so that every keystroke has other hits."""


def make_loop_project(folder: Path, rows: int, functions: int) -> None:
    """Create the project, and run its functions: of five, two are keyword, two regex, one Python.

    Every fiftieth row has dev gold.
    """
    chance = random.Random(11)
    beginnings = [word[:end] for word in TYPED for end in range(1, len(word) + 1)]
    data = folder.parent / "rows.csv"
    with data.open("w", encoding="utf-8") as file:
        file.write("id,text,gold\n")
        for i in range(rows):
            code = chance.randrange(2)
            words = chance.choices(WORDS, k=10)
            words += [f"word{2 * chance.randrange(200) + code}" for _ in range(3)]
            words += [word for j, word in enumerate(EDITS) if chance.random() < 0.02 + 0.007 * j]
            words.append(chance.choice(beginnings))
            gold = CLASSES[code] if i % 50 == 0 else ""
            file.write(f"{i},{' '.join(words)},{gold}\n")
    info = ProjectInfo("bench", CLASSES, "text", "id")
    create_project(folder, DuckDBOpener(), info, ImportPlan(data, "text", "id", "gold"))
    data.unlink()
    with (
        LocalExecutor() as executor,
        Project(folder, DuckDBOpener().open(folder), executor) as project,
    ):
        for i in range(functions):
            project.save_function(_function(i))
        project.refresh()
        project.check_stability()


def _function(i: int) -> LabelingFunction:
    """Return a function that is mostly right: words of even numbers are more frequent in ham."""
    words = [WORDS[(i + step) % len(WORDS)] for step in (0, 50, 100, 150)]
    label = CLASSES[i % 2]
    if i % 5 in (0, 2):
        source = KeywordParameters("text", tuple(words), label).to_source()
        return LabelingFunction(f"f{i}", "keyword", source)
    if i % 5 in (1, 3):
        source = RegexParameters("text", rf"\b({'|'.join(words)})\b", label).to_source()
        return LabelingFunction(f"f{i}", "regex", source)
    source = f'def f{i}(x):\n    return "{label}" if "{words[0]} " in x.text else ABSTAIN\n'
    return LabelingFunction(f"f{i}", "python", source)
