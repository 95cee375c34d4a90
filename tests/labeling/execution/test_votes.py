"""What a worker votes is what the function says, in this process or in that one."""

import json
import re

import numpy as np
import pytest

from labeling.execution.executor import Executor
from labeling.execution.local import LocalExecutor
from labeling.execution.start import PACKAGE_ROOT
from labeling.kinds.python import python_functions

from .conftest import N_ROWS, Run, text_of


def test_votes_equal_those_of_plain_python(run: Run) -> None:
    """Across batches and chunks, over rows with and without text."""
    source = "def f(x):\n    return 'spam' if x.text and x.n % 3 == 0 else None\n"
    result = run(source, rows=N_ROWS)
    expected = [1 if text_of(i) and i % 3 == 0 else -1 for i in range(N_ROWS)]
    assert result.complete
    assert result.votes.dtype == np.int8
    assert result.votes.tolist() == expected
    assert result.vote_count == expected.count(1)


def test_a_range_of_rows_is_run(run: Run) -> None:
    """Votes begin at `start`, and so do row ids in errors."""
    result = run("def f(x):\n    assert x.n != 7003\n    return x.n % 2\n", rows=6, start=7000)
    assert result.votes.tolist() == [0, 1, 0, -2, 0, 1]
    assert [error.row_id for error in result.errors] == [7003]


def test_no_rows_is_a_run_too(run: Run) -> None:
    """An empty range still says whether the source compiles."""
    assert run("def f(x):\n    return 1\n", rows=0).complete
    assert run("import nothing_like_it\ndef f(x):\n    return 1\n", rows=0).failure_line == 1


def test_keyword_and_regex_vote_as_re_does(run: Run) -> None:
    """The other kinds run in the same worker; a row without text is an abstain."""
    texts = [text_of(i) or "" for i in range(2000)]
    words = {"column": "text", "words": ["free", "song"], "label": "ham"}
    result = run(json.dumps(words), kind="keyword", rows=2000)
    assert result.votes.tolist() == [
        0 if re.search(r"\b(free|song)\b", text, re.IGNORECASE) else -1 for text in texts
    ]
    pattern = {"column": "text", "pattern": r"ö|http", "label": "spam", "match_case": True}
    result = run(json.dumps(pattern), kind="regex", rows=2000)
    assert result.votes.tolist() == [1 if re.search("ö|http", text) else -1 for text in texts]


def test_what_columns_cannot_tell_is_asked_row_by_row(run: Run) -> None:
    """Of "Größe free 3" only Python knows the case; in between, rows come from columns."""
    parameters = {"column": "text", "pattern": r"grö\w+ free|\bcheck", "label": "spam"}
    result = run(json.dumps(parameters), kind="regex", rows=2000, start=7)
    assert result.complete
    assert result.votes.tolist() == [1 if i % 5 in (0, 3) else -1 for i in range(7, 2007)]
    assert result.times is not None
    assert result.times.timed == 25  # one of 16 of the 400 rows that were asked


def test_a_row_that_takes_too_long_between_columns_is_the_one_named(run: Run) -> None:
    """Only `Größe free 3` and its like are left to `re`; the rows around them have their votes."""
    parameters = {"column": "text", "pattern": "(?:.|.|.|.){12}!|song", "label": "spam"}
    result = run(json.dumps(parameters), kind="regex", rows=10)
    assert result.votes.tolist() == [-1, 1, -1, -2, -1, -1, 1, -1, -2, -1]
    assert [(error.row_id, error.error) for error in result.errors] == [
        (3, "TimeoutError"),
        (8, "TimeoutError"),
    ]


def test_a_rule_votes_where_its_conditions_hold(run: Run) -> None:
    """Two columns, one of them a number, and a negation; the rows without text are no error."""
    when = {
        "all": [
            {"not": {"column": "text", "words": ["free"]}},
            {"column": "likes of", "is": "between", "value": [2, 3]},
        ]
    }
    result = run(json.dumps({"label": "ham", "when": when}), kind="rule", rows=2000)
    assert result.votes.tolist() == [
        0 if 2 <= i % 7 <= 3 and "free" not in (text_of(i) or "").lower() else -1
        for i in range(2000)
    ]


def test_a_rule_that_compares_texts_with_a_number_fails_on_its_rows(run: Run) -> None:
    """The rows and the reason are kept, as for any other function."""
    when = {"column": "text", "is": "<", "value": 3}
    result = run(json.dumps({"label": "ham", "when": when}), kind="rule", rows=5)
    assert (result.error_count, result.errors[0].error) == (4, "TypeError")
    assert "'str' and 'int'" in result.errors[0].message
    assert result.complete


def test_pattern_over_a_number_column_with_a_space_in_its_name(run: Run) -> None:
    """Columns are looked up by name, and numbers read as text."""
    parameters = {"column": "likes of", "words": ["3"], "label": "ham"}
    result = run(json.dumps(parameters), kind="keyword", rows=8)
    assert result.votes.tolist() == [-1, -1, -1, 0, -1, -1, -1, -1]


RETURNED = {
    "'spam'": 1,
    "0": 0,
    "-1": -1,
    "None": -1,
    "ABSTAIN": -1,
    "Label.SPAM": 1,
    "numpy.int64(1)": 1,
    "numpy.str_('ham')": 0,
    "True": -2,
    "1.0": -2,
    "2": -2,
    "-3": -2,
    "'Spam'": -2,
    "[1]": -2,
    "Broken()": -2,
}


def test_what_a_function_may_return(run: Run) -> None:
    """A class name, its code, or nothing; whatever else is an error, never an abstain."""
    source = (
        "import enum, numpy\n"
        "class Label(enum.IntEnum):\n    HAM = 0\n    SPAM = 1\n"
        "class Broken:\n    def __repr__(self):\n        raise RuntimeError('no')\n"
        f"ANSWERS = [{', '.join(RETURNED)}]\n"
        "def f(x):\n    return ANSWERS[x.n % len(ANSWERS)]\n"
    )
    votes = run(source, rows=2 * len(RETURNED)).votes.tolist()
    assert votes == 2 * list(RETURNED.values())


def test_every_way_to_read_a_row(run: Run) -> None:
    """By attribute, by name, as a mapping; also columns that no attribute can have."""
    source = (
        "def f(x):\n"
        "    name = 'te' + 'xt'\n"
        "    assert x.text == x['text'] == x.get('text') == x[name] == getattr(x, name)\n"
        "    assert x['likes of'] == 1 and x['keys'] == 'k' and x['_hidden'] == 'h'\n"
        "    assert 'n' in x and 'm' not in x and x.get('m', 5) == 5\n"
        "    assert x.keys() == list(dict(x)) == list(x._fields)\n"
        "    assert x.to_dict() == {**x} and list(x) == x.values() and len(x) == 6\n"
        "    assert not hasattr(x, 'm')\n"
        "    return 'spam'\n"
    )
    result = run(source, rows=1, start=1)
    assert (result.errors, result.votes.tolist()) == ((), [1])


def test_a_row_that_is_kept_does_not_change(run: Run) -> None:
    """Later rows never show through an earlier one."""
    source = (
        "SEEN = []\n"
        "def f(x):\n"
        "    SEEN.append(x)\n"
        "    x.mine = x.n\n"
        "    first = SEEN[0]\n"
        "    return 'spam' if (first.n, first['row_id'], first.mine) == (0, 0, 0) else 'ham'\n"
    )
    assert run(source, rows=9000).vote_count == 9000
    assert set(run(source, rows=9000).votes) == {1}


SNORKEL = """
import re
from enum import IntEnum

from snorkel.labeling import LabelingFunction, labeling_function
from snorkel.preprocess import preprocessor
from snorkel.types import DataPoint

ABSTAIN = -1
HAM = 0
SPAM = 1


@preprocessor(memoize=True)
def lowered(x: DataPoint) -> DataPoint:
    x.lower = (x.text or "").lower()
    return x


@preprocessor(pre=[lowered])
def counted(x):
    x.words = x.lower.split()
    return x


def keyword_lookup(x, keywords, label):
    return label if any(word in (x.text or "").lower() for word in keywords) else ABSTAIN


@labeling_function(resources=dict(keywords=["free", "http"]))
def offers(x, keywords):
    return keyword_lookup(x, keywords, SPAM)


@labeling_function(pre=[counted])
def short(x):
    return HAM if len(x.words) == 3 else ABSTAIN


@labeling_function(name="link")
def regex_link(x):
    return SPAM if re.search(r"http.*", x.text or "", flags=re.I) else ABSTAIN


@labeling_function()
def calm(x):
    return HAM if regex_link(x) == ABSTAIN and short(x) == ABSTAIN else ABSTAIN


def make_keyword_lf(keywords, label=SPAM):
    return LabelingFunction(
        name=f"keyword_{keywords[0]}",
        f=keyword_lookup,
        resources=dict(keywords=keywords, label=label),
    )


keyword_free = make_keyword_lf(keywords=["free"])
keyword_song = make_keyword_lf(["song"], label=HAM)


def few(x, most):
    return HAM if len(x.words) <= most else ABSTAIN


few_words = LabelingFunction(name="few words", f=few, resources={"most": 3}, pre=[counted])
"""


@pytest.mark.parametrize(
    ("name", "votes"),
    [
        ("offers", [1, -1, -1, 1, 1]),
        ("short", [-1, -1, -1, 0, 0]),
        ("link", [1, -1, -1, -1, -1]),
        ("calm", [-1, 0, 0, -1, -1]),
        ("keyword_free", [-1, -1, -1, 1, 1]),
        ("keyword_song", [-1, 0, -1, -1, -1]),
        ("few words", [-1, -1, 0, 0, 0]),
    ],
)
def test_code_written_for_snorkel_runs_unchanged(run: Run, name: str, votes: list[int]) -> None:
    """Decorators, objects, factories, resources, preprocessors, functions that call others."""
    sources = {f.name: f.source for f in python_functions(SNORKEL, "spam.py")}
    result = run(sources[name], rows=5, name=name)
    assert (result.failure, result.errors) == (None, ())
    assert result.votes.tolist() == votes


def test_the_rest_of_snorkel_is_refused_with_what_there_is(run: Run) -> None:
    """The error says which names can be imported, on its line."""
    for statement in ("from snorkel.labeling import PandasLFApplier", "import snorkel.analysis"):
        result = run(f"{statement}\ndef f(x):\n    return 1\n")
        assert "labeling_function, LabelingFunction" in (result.failure or "")
        assert result.failure_line == 1


def test_labelwright_can_be_imported(run: Run) -> None:
    """Code that is also run elsewhere can import its names."""
    source = (
        "from labelwright import ABSTAIN, labeling_function\n"
        "@labeling_function()\ndef f(x):\n    return ABSTAIN\n"
    )
    assert run(source).votes.tolist() == [-1] * 10


def test_hash_seed_is_fixed_and_surroundings_are_hidden(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers agree on hashes, and neither sees the server's environment or modules."""
    monkeypatch.setenv("SECRET_TOKEN", "x")
    source = (
        "import os, sys\n"
        "def f(x):\n"
        "    heavy = {'pandas', 'sklearn', 'streamlit', 'duckdb'} & set(sys.modules)\n"
        "    print(hash('a'), len(os.environ), sys.argv, heavy, sys.stdin.read())\n"
        f"    print('SECRET_TOKEN' in os.environ, {str(PACKAGE_ROOT)!r} in sys.path)\n"
    )
    first, second = run(source, rows=1), run(source, rows=1)
    assert first.stdout == second.stdout
    assert " [''] set() \nFalse False\n" in first.stdout


def test_local_executor_is_an_executor(executor: LocalExecutor) -> None:
    """It has the methods the engine calls."""
    accepted: Executor = executor
    assert accepted is executor
