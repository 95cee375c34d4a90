"""Slips that are seen while a Python function is written."""

import pytest

from labeling.functions import LabelingFunction
from labeling.kinds.python_hints import python_hints

COLUMNS, CLASSES = ["text", "stars", "sent at"], ["ham", "spam"]


def hints(source: str, name: str = "f") -> list[tuple[int, str]]:
    """Return line and message of each hint."""
    found = python_hints(LabelingFunction(name, "python", source), COLUMNS, CLASSES)
    return [(hint.line, hint.message) for hint in found]


def test_an_unknown_column_is_marked_where_it_stands() -> None:
    """With the column that is like it, or those there are."""
    source = 'def f(x):\n    é = "é"; return "spam" if x.txt or x["sent_at"] or x.q else None\n'
    found = python_hints(LabelingFunction("f", "python", source), COLUMNS, CLASSES)
    line = source.split("\n")[1]
    assert [(line[h.column : h.end_column], h.message) for h in found] == [
        ("x.txt", "There is no column 'txt'. Did you mean 'text'?"),
        ('x["sent_at"]', "There is no column 'sent_at'. Did you mean 'sent at'?"),
        ("x.q", "There is no column 'q'. Valid choices: text, stars, sent at."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "return 1 if x.text or x['stars'] or x.get('q') or x.keys() else 0",
        "x = {}; return 1 if x['q'] else 0",
        "x.length = 3; return 1 if x.length else 0",
        "return max([1], key=lambda x: x.q)",
        "return 1 if [x for x in 'a' if x.q] else 0",
    ],
)
def test_what_may_be_there_is_not_marked(body: str) -> None:
    """Methods of the row, attributes that are set, and other things of the same name."""
    assert hints(f"def f(x):\n    {body}\n") == []


def test_preprocessors_may_add_attributes() -> None:
    """So that nothing is said of columns then."""
    assert hints("@labeling_function(pre=[g])\ndef f(x):\n    return 1 if x.doc else 0\n") == []


@pytest.mark.parametrize(
    ("returned", "shown"),
    [
        ("'spma'", "'spma' is no class, and an error on each row. Did you mean 'spam'?"),
        ("2", "2 is no class, and an error on each row. Valid choices: ham, spam."),
        ("-2", "-2 is no class"),
        ("True", "True is no class"),
        ("'ham' if x.stars else 'x'", "'x' is no class"),
        ("WRONG", "'Spam' is no class, and an error on each row. Did you mean 'spam'?"),
    ],
)
def test_what_is_no_class_is_marked(returned: str, shown: str) -> None:
    """Also behind a name that stands for one value."""
    (found,) = hints(f"WRONG = 'Spam'\ndef f(x):\n    return {returned}\n")
    assert found[0] == 3
    assert found[1].startswith(shown)


@pytest.mark.parametrize(
    "returned", ["0", "-1 if x.stars else 1", "None or 'ham'", "y", "ABSTAIN if x.text else SPAM"]
)
def test_classes_abstains_and_what_is_not_known_are_not(returned: str) -> None:
    """Of a variable nothing is said."""
    assert hints(f"SPAM = 'spam'\ndef f(x):\n    y = x.text\n    return {returned}\n") == []


@pytest.mark.parametrize("body", ["return ABSTAIN", "pass", "return None if x.text else -1"])
def test_a_function_that_never_votes_is_marked(body: str) -> None:
    """All that it returns is an abstain."""
    assert hints(f"def f(x):\n    {body}\n") == [(1, "f never votes: it returns no class.")]


def test_a_helper_that_nothing_uses_is_marked() -> None:
    """Not one that is used, nor what a decorator may register."""
    source = (
        "def _a(t):\n    return 1\n\ndef _b(t):\n    return 2\n\n"
        "@keep\ndef _c(t):\n    return 3\n\n"
        "def f(x):\n    return 'ham' if _a(x.text) else None\n"
    )
    assert hints(source) == [(4, "_b is not used.")]


def test_objects_have_no_hints() -> None:
    """What is built is not read."""
    source = "f = LabelingFunction('f', lambda x: 'spma')\n"
    assert hints(source) == []
