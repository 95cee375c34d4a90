"""Rules: conditions on columns, what they are read from, and the Python that votes as they do."""

import datetime
import json
import re
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.errors import FunctionError
from labeling.execution.row import Chunk, Row, fast_columns, row_class
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS, spans
from labeling.kinds.kind import ColumnKind
from labeling.kinds.python import single_python_function
from labeling.kinds.rule import Rule, as_rule
from labeling.kinds.rule_conditions import TESTS
from labeling.kinds.rule_python import python_of, to_python

COLUMNS, CLASSES = ["text", "n", "the day", "flag", "_x", "class"], ["ham", "spam"]
WORDS = {"column": "text", "words": ["free", "win"]}
FEW = {"column": "n", "is": "<", "value": 3}


def rule(when: object, label: str = "spam", name: str = "f") -> LabelingFunction:
    """Return a rule function."""
    return LabelingFunction(name, "rule", json.dumps({"label": label, "when": when}))


def rows_of(table: dict[str, list[Any]], columns: tuple[str, ...]) -> list[Row]:
    """Return a table's rows as a labeling function gets them."""
    chunk = Chunk(pa.RecordBatch.from_pydict(table), 0)
    fast = fast_columns(list(table), columns)
    row_type = row_class(list(table), fast, is_open=False)
    rows = []
    for position in range(len(chunk)):
        row = object.__new__(row_type)
        row._chunk, row._position = chunk, position
        for name in fast:
            setattr(row, name, chunk.value(name, position))
        rows.append(row)
    return rows


def answers(function: LabelingFunction, table: dict[str, list[Any]]) -> list[object]:
    """Return what a function answers on each row; the type of what it raises where it raises."""
    kind = KINDS[function.kind]
    use = kind.row_use(function, list(table))  # type: ignore[union-attr]
    vote = kind.compile(function, list(table), CLASSES)  # type: ignore[union-attr]
    found: list[object] = []
    for row in rows_of(table, use.columns):
        try:
            answer = vote(row)
            found.append(None if answer == -1 else answer)
        except TypeError as error:
            found.append(type(error))
    _check_columns(function, pa.RecordBatch.from_pydict(table), found)
    return found


def _check_columns(function: LabelingFunction, rows: pa.RecordBatch, found: list[object]) -> None:
    """Whatever whole columns say with certainty is what the function answers."""
    kind = KINDS[function.kind]
    vote = kind.compile_columns(function, CLASSES) if isinstance(kind, ColumnKind) else None
    if vote is not None:
        known = vote(rows)
        codes = {"ham": 0, "spam": 1, None: -1}  # nothing is certain where it fails
        for i in np.flatnonzero(known.certain):
            assert known.votes[i] == codes[found[i]]  # type: ignore[index]


def hits(when: object, **table: list[Any]) -> list[int]:
    """Return the rows that a rule votes on."""
    return [i for i, answer in enumerate(answers(rule(when), table)) if answer == "spam"]


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ({}, "when: It must have one of these keys. Valid choices: all, any, not, words"),
        ([], "when: A condition or group is a JSON object"),
        ({"all": []}, "when: The group is empty. Give it a condition."),
        ({"any": [WORDS, {"not": {"words": ["a"]}}]}, "condition 2: 'column'"),
        ({"all": [WORDS | {"words": []}]}, "condition 1: There is nothing to look for. List at"),
        ({"all": [WORDS, {"any": [{"all": []}]}]}, "condition 2.1: The group is empty."),
        ({"all": [{"column": "text", "pattern": "a("}]}, "condition 1: The pattern a( is not"),
        (WORDS | {"pattern": "a"}, "when: It must have one of these keys"),
        (WORDS | {"wrods": 1}, "when: There is no 'wrods' here. Valid choices: column, match"),
        (FEW | {"is": "~"}, "Unknown comparison '~'. Valid choices: =, !=, <"),
        (FEW | {"value": [1, 2]}, "'<' takes 1 value(s), and has 2"),
        (FEW | {"is": "between", "value": [3, 1]}, "Nothing is between 3 and 1"),
        (FEW | {"is": "one of", "value": []}, "'one of' takes 1 to"),
        (FEW | {"is": "one of", "value": [1, "a"]}, "either all texts or all numbers"),
        (FEW | {"value": [{}]}, "a text that is not empty, or a number"),
        (FEW | {"value": " "}, "a text that is not empty, or a number"),
        (FEW | {"column": "m"}, "Unknown column 'm'. Valid choices: text, n"),
        ({"all": [WORDS] * 501}, "at most 500 conditions"),
    ],
)
def test_invalid_rules_are_refused(when: object, message: str) -> None:
    """Each message says where in the rule something is wrong, and what would be valid."""
    with pytest.raises(FunctionError, match=re.escape(message)):
        KINDS["rule"].check(rule(when), COLUMNS, CLASSES)


def test_a_rule_may_not_be_nested_without_end() -> None:
    """It is refused as a sentence before Python's own limit."""
    when: object = WORDS
    for _ in range(25):
        when = {"not": when}
    with pytest.raises(FunctionError, match="at most 20 levels"):
        Rule.from_source(rule(when).source)


def test_a_rule_votes_for_a_class_there_is() -> None:
    """As every other kind does."""
    with pytest.raises(FunctionError, match=r"Unknown class 'spma'. Valid choices: ham, spam"):
        KINDS["rule"].check(rule(WORDS, "spma"), COLUMNS, CLASSES)


def test_groups_are_all_any_and_not() -> None:
    """Free without free of charge, or many exclamation marks."""
    when = {
        "any": [
            {"all": [WORDS, {"not": {"column": "text", "pattern": r"free of \w+"}}]},
            {"column": "text", "pattern": "!{3}"},
        ]
    }
    texts = ["Free money", "free of charge", "now!!!", "freedom", None]
    assert hits(when, text=texts) == [0, 2]


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        ("=", 3, [2]),
        ("!=", 3, [0, 1, 3]),
        ("<", 3, [1]),
        ("<=", 3, [1, 2]),
        (">", 1, [2, 3]),
        (">=", 4.5, [3]),
        ("between", [1, 3], [1, 2]),
        ("one of", [1, 4.5], [1, 3]),
        ("empty", None, [0]),
    ],
)
def test_numbers_are_compared(test: str, value: object, expected: list[int]) -> None:
    """An empty cell equals nothing, and is in no order."""
    said = {"column": "n", "is": test} | ({} if value is None else {"value": value})
    assert hits(said, n=[None, 1.0, 3.0, 4.5]) == expected


def test_texts_and_days_are_compared_as_texts() -> None:
    """A day is written as in ISO 8601, so that its order is that of time."""
    days = [datetime.date(2024, 1, 31), datetime.date(2024, 2, 1), None]
    assert hits({"column": "d", "is": ">", "value": "2024-01-31"}, d=days) == [1]
    assert hits({"column": "t", "is": "one of", "value": ["a", "b"]}, t=["a", "A", None]) == [0]
    assert hits({"column": "t", "is": "empty"}, t=["a", " \n", None]) == [1, 2]


def test_a_text_in_a_comparison_of_numbers_is_an_error_of_its_row() -> None:
    """It is said, and not taken for an abstain."""
    assert answers(rule(FEW | {"column": "t"}), {"t": ["a", None]}) == [TypeError, None]


def test_a_rule_survives_its_source() -> None:
    """A builder can read what it wrote; what is not said has its default."""
    when = {"all": [WORDS, {"not": {"any": [FEW, {"column": "text", "pattern": "a"}]}}]}
    read = Rule.from_source(rule(when).source)
    assert Rule.from_source(read.to_source()) == read
    assert json.loads(read.to_source())["when"]["all"][0] == {
        "column": "text", "words": ["free", "win"],
        "match": "any", "whole_word": True, "match_case": False,
    }  # fmt: skip


def test_highlights_are_of_what_speaks_for_the_vote() -> None:
    """Not of what must not be there, nor of other columns."""
    when = {"all": [WORDS, {"not": {"column": "text", "pattern": "x"}}]}
    other = {"any": [when, {"column": "title", "words": ["xx"]}]}
    assert spans(rule(other), "win xx free", "text") == [(0, 3), (7, 11)]
    assert spans(rule(other), "win xx free", "title") == [(4, 6)]


def test_the_python_of_a_rule_is_as_people_write_it() -> None:
    """Patterns are named, and a long condition has a line for each part."""
    when = {"all": [WORDS, {"not": {"column": "text", "pattern": r"free \d+"}}, FEW, FEW]}
    assert to_python(as_rule(rule(when)), "free things") == (
        "import re\n\n"
        '_PATTERN_1 = re.compile(r"(?<!\\w)(?:free|win)(?!\\w)", re.IGNORECASE)\n'
        '_PATTERN_2 = re.compile(r"free \\d+", re.IGNORECASE)\n'
        "\n\n"
        "def _text(cell):\n"
        '    return "" if cell is None else str(cell)\n'
        "\n\n"
        "@labeling_function(name='free things')\n"
        "def free_things(x):\n"
        "    if (\n"
        "        _PATTERN_1.search(_text(x.text))\n"
        "        and not _PATTERN_2.search(_text(x.text))\n"
        "        and (x.n is not None and x.n < 3)\n"
        "        and (x.n is not None and x.n < 3)\n"
        "    ):\n"
        "        return 'spam'\n"
        "    return ABSTAIN\n"
    )


@pytest.mark.parametrize("name", ["re", "str", "ABSTAIN", "class", "_", "1st", "naïve words", "x"])
def test_any_name_makes_a_python_function(name: str) -> None:
    """The function goes by the same name as before, and votes."""
    function = python_of(rule({"any": [WORDS, FEW]}, name=name))
    assert single_python_function(function.source).name == name
    table = {"text": ["free", None], "n": [None, 3]}
    assert answers(function, table) == ["spam", None]


CELLS = st.text("aAfreK\u212aſİ .1", max_size=6)
TABLES = st.fixed_dictionaries(
    {
        "text": st.lists(st.none() | CELLS, min_size=8, max_size=8),
        "n": st.lists(st.none() | st.integers(-2, 4), min_size=8, max_size=8),
        "the day": st.lists(st.none() | st.dates(), min_size=8, max_size=8),
        "flag": st.lists(st.none() | st.booleans(), min_size=8, max_size=8),
        "_x": st.lists(st.none() | st.floats(-2, 2), min_size=8, max_size=8),
        "class": st.lists(st.none() | CELLS, min_size=8, max_size=8),
    }
)
ANY_COLUMN = st.sampled_from(COLUMNS)
SOME_WORDS = st.lists(CELLS.filter(str.strip), min_size=1, max_size=3)


def comparisons() -> st.SearchStrategy[dict[str, Any]]:
    """Comparisons of any column with numbers or texts."""
    numbers = st.integers(-2, 4) | st.floats(-2, 2)
    texts = CELLS.filter(str.strip) | st.sampled_from(["2000-01-01", "True"])

    def said(test: str, column: str, values: list[Any]) -> dict[str, Any]:
        count = len(values) if TESTS[test] is None else TESTS[test]
        given = sorted(values)[:count]
        return {"column": column, "is": test, "value": given}

    values = st.lists(numbers, min_size=2, max_size=4) | st.lists(texts, min_size=2, max_size=4)
    return st.builds(said, st.sampled_from(list(TESTS)), ANY_COLUMN, values)


CONDITIONS = st.one_of(
    comparisons(),
    st.fixed_dictionaries(
        {
            "column": ANY_COLUMN,
            "words": SOME_WORDS,
            "match": st.sampled_from(["any", "all"]),
            "whole_word": st.booleans(),
            "match_case": st.booleans(),
        }
    ),
    st.fixed_dictionaries(
        {"column": ANY_COLUMN, "pattern": st.sampled_from([r"\d", "a+", '"|e$', "\\\\", "(k)"])}
    ),
)
TREES = st.recursive(
    CONDITIONS,
    lambda parts: st.one_of(
        st.builds(lambda part: {"not": part}, parts),
        st.builds(
            lambda key, some: {key: some},
            st.sampled_from(["all", "any"]),
            st.lists(parts, min_size=1, max_size=3),
        ),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(when=TREES, table=TABLES)
def test_the_python_of_a_rule_votes_as_the_rule(when: object, table: dict[str, list[Any]]) -> None:
    """On any table, the rows included on which a comparison fails."""
    function = rule(when)
    assert answers(python_of(function), table) == answers(function, table)


@settings(deadline=None)
@given(words=SOME_WORDS, column=ANY_COLUMN, table=TABLES, case=st.booleans())
def test_the_python_of_keywords_votes_as_they_do(
    words: list[str], column: str, table: dict[str, list[Any]], case: bool
) -> None:
    """A keyword function is a rule of one condition."""
    source = {"column": column, "words": words, "label": "ham", "match_case": case}
    function = LabelingFunction("k", "keyword", json.dumps(source))
    assert answers(python_of(function), table) == answers(function, table)
