"""Small projects with votes that can be counted by hand."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from labeling.execution import Executor
from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.python import python_functions
from labeling.project import Project
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener

CSV = """id,text,gold,split,score
a,free money now,spam,dev,1
b,free lunch today,ham,dev,2
c,see you at lunch,ham,train,3
d,money for nothing,spam,valid,4
e,=SUM(A1),ham,test,5
f,win money,spam,test,-6
g,hello there,,,7
h,"lunch, free of charge",,,8
"""

FUNCTIONS = """
SPAM = "spam"


def has(x, word):
    return word in x.text


@labeling_function()
def money(x):
    return SPAM if has(x, "money") else ABSTAIN


@labeling_function()
def lunch(x):
    return "ham" if has(x, "lunch") else ABSTAIN
"""


def keyword(
    name: str, words: tuple[str, ...], label: str, column: str = "text"
) -> LabelingFunction:
    """A keyword function over the text."""
    parameters = KeywordParameters(column=column, words=words, label=label)
    return LabelingFunction(name, "keyword", parameters.to_source())


def three_functions() -> list[LabelingFunction]:
    """Return money (a, d, f), lunch (b, c, h) and free (a, b, h: two of them against lunch)."""
    return [*python_functions(FUNCTIONS, "f.py"), keyword("free", ("free",), "spam")]


def create(folder: Path, csv: str = CSV) -> Path:
    """Create the project of eight rows, or of these, and return its folder.

    A file is imported once, and its project copied: that takes a hundredth of the time.
    """
    return shutil.copytree(_imported(folder.name, csv), folder)


@cache
def _imported(name: str, csv: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="labelwright-imported-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / f"{name}.csv"
    path.write_text(csv, "utf-8")
    create_project(
        folder / name,
        DuckDBOpener(),
        ProjectInfo(name, ("ham", "spam"), "text", "id"),
        ImportPlan(path, "text", "id", "gold", "split"),
    )
    return folder / name


def opened(folder: Path, executor: Executor) -> Project:
    """Open a project without its background thread."""
    return Project(folder, DuckDBOpener().open(folder), executor)
