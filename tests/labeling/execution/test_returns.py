"""Which return of a function answers: what the source tells, and what a run notes."""

import pytest

from labeling.functions import LabelingFunction
from labeling.kinds.python import known_returns
from labeling.runs import ERROR, Job
from tests.labeling.execution.conftest import CLASSES, QUICK, LocalExecutor, Path, Run

BRANCHES = '''"""The module."""
from __future__ import annotations

def _helper(x):
    return "ham"


@labeling_function()
def f(x):
    """Return one of several."""
    def inner():
        return 7
    if x.n == 0:
        return "spam"
    for _ in range(2):
        try:
            if x.n == 1:
                return _helper(x)
            if x.n == 2:
                return 1 / 0
            if x.n == 3:
                return f(_Other())
        finally:
            if x.n == 4: return ABSTAIN
    if x.n == 5:
        return
    if x.n == 6:
        return (
            "no class"
        )
    if x.n == 7:
        x = 3
        return "ham" if inner() else "spam"


class _Other:
    n = 0
'''


def lines(source: str, name: str = "f") -> tuple[int, ...] | None:
    """Return the known lines of a function."""
    return known_returns(LabelingFunction(name, "python", source))


def noted(executor: LocalExecutor, rows_path: Path, source: str, rows: int) -> tuple:
    """Run a source that notes its returns; return votes, numbers and errors."""
    function = LabelingFunction("f", "python", source)
    job = Job(function, CLASSES, rows_path, 0, rows, QUICK, note_returns=True)
    result = executor.run(job)
    assert result.failure is None, result.failure
    return result.votes.tolist(), result.returns.tolist(), result.errors


def test_the_returns_of_the_function_itself_are_known() -> None:
    """Not those of helpers and of functions inside of it."""
    assert lines(BRANCHES) == (14, 18, 20, 22, 24, 26, 28, 33)


@pytest.mark.parametrize(
    "source",
    [
        "import functools\n@labeling_function()\n@functools.cache\ndef f(x):\n    return 1\n",
        "@labeling_function(pre=[str])\ndef f(x):\n    return 1\n",
        "def make():\n    return LabelingFunction('f', lambda x: 1)\nf = make()\n",
        "def f(x):\n    locals()\n    return 1\n",
        "def f(x):\n    pass\n",
        "def f(x):\n" + "    if x.n: return 1\n" * 255,
    ],
)
def test_where_something_else_may_answer_they_are_not_known(source: str) -> None:
    """Wrapped, preprocessed, built, looking at its own variables, none, or too many."""
    assert lines(source) is None


def test_each_row_notes_the_return_that_answered(executor: LocalExecutor, rows_path: Path) -> None:
    """The last one counts; without one it is 0; a failed row keeps its line and its message."""
    votes, numbers, errors = noted(executor, rows_path, BRANCHES, 9)
    assert votes == [1, 0, ERROR, 1, -1, -1, ERROR, 0, -1]
    assert numbers == [1, 2, 0, 4, 5, 6, 7, 8, 0]
    assert [(error.row_id, error.error, error.line) for error in errors] == [
        (2, "ZeroDivisionError", 20), (6, "InvalidLabelError", 28)
    ]  # fmt: skip


def test_noting_changes_neither_votes_nor_errors(
    run: Run, rows_path: Path, executor: LocalExecutor
) -> None:
    """Over many rows, with the numbers counted by hand."""
    source = (
        "def f(x):\n"
        "    if x.text is None:\n"
        "        return None\n"
        "    if 'FREE' in x.text: return 'spam'\n"
        "    return {'free': 0}.get(x.text.split()[1], -1)\n"
    )
    votes, numbers, errors = noted(executor, rows_path, source, 20_000)
    plain = run(source, rows=20_000)
    assert votes == plain.votes.tolist()
    assert plain.returns is None
    assert errors == plain.errors == ()
    assert [numbers.count(number) for number in range(4)] == [0, 4000, 4000, 12_000]


def test_a_function_that_writes_everywhere_spoils_its_own_numbers_alone(
    executor: LocalExecutor, rows_path: Path
) -> None:
    """What a worker says of returns is any number; votes are checked as ever."""
    source = "def f(x):\n    _labelwright_notes[x.n] = 200\n    return 'ham'\n    return 'spam'\n"
    votes, numbers, _ = noted(executor, rows_path, source, 3)
    assert (votes, numbers) == ([0, 0, 0], [1, 1, 1])
    source = source.replace("x.n] = 200", "-1] = 200").replace(
        "    return 'ham'\n", "    return (_labelwright_notes.__setitem__(0, 200), 'ham')[1]\n"
    )
    assert noted(executor, rows_path, source, 3)[0] == [0, 0, 0]
