"""What a text has, the functions made of it, and the exceptions written into others."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse

from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters, matcher
from labeling.kinds.python import single_python_function
from labeling.kinds.regex import RegexParameters
from labeling.proposals.conditions import Threshold, Words, named
from labeling.proposals.edits import without, without_word
from labeling.proposals.features import condition_of, features_of
from labeling.proposals.sample import read_sample, with_all_forms, with_more_rows
from tests.labeling.kinds.test_rule import answers
from tests.projects import keyword

TEXTS = ["Check out my channel!", "check-out at 11am", "I DON'T know", "mail a.b@c.de", "x" * 9]


@pytest.mark.parametrize("text", TEXTS)
def test_a_keyword_function_hits_the_text_that_its_words_come_from(text: str) -> None:
    """A phrase is found where its words stand, with just the sign between them that is there."""
    for feature in features_of(text):
        condition = condition_of(feature, "text")
        if isinstance(condition, Words):
            assert matcher(KeywordParameters("text", (condition.words,), "ham"))(text)


def test_phrases_end_where_words_are_apart() -> None:
    """Two signs between words are no phrase: a keyword function would have to know them."""
    found = features_of("Hello, world again")
    assert {"words:hello", "words:world again"} <= found
    assert "words:hello, world" not in found


def test_a_beginning_is_counted_wherever_its_pattern_matches() -> None:
    """Send is taken from sends alone; its function votes on send and sender as well."""
    names = ["stem:send", "words:send", "words:sends", "words:sender", "words:send me"]
    texts = np.eye(5)[[1, 2, 3, 4]]
    texts[1, 0] = 1
    has = with_all_forms(sparse.csr_matrix(texts), names).toarray()
    assert has[:, 0].tolist() == [1, 1, 1, 0]
    assert (has[:, 1:] == texts[:, 1:]).all()


def test_rows_that_come_later_are_looked_at_as_the_others(tmp_path: Path) -> None:
    """Who labels a row gets what a look at all rows anew would give, but for new words."""
    rng = np.random.default_rng(2)
    words = ["send", "sends", "sender", "cash 50", "cash", "www.a.de", "fine", ""]
    texts = [" ".join(rng.choice(words, int(rng.integers(0, 5)))) for _ in range(60)]
    scores = [None if i % 9 == 0 else i % 7 for i in range(60)]
    path = tmp_path / "rows.arrow"
    table = pa.table({"row_id": range(60), "text": texts, "score": scores})
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    later = np.arange(3, 60, 10)
    first = np.setdiff1d(np.arange(60), later)
    few = read_sample(path, first, "text", threading.Event())
    more = with_more_rows(few, path, later, "text")
    every = read_sample(path, np.arange(60), "text", threading.Event())
    both = [one for one in few.conditions if one in every.conditions]
    assert more.row_ids.tolist() == list(range(60))
    assert len(both) > 20
    for one in both:
        expected = every.has[:, [every.conditions.index(one)]].toarray()
        assert np.array_equal(more.has[:, [few.conditions.index(one)]].toarray(), expected), one


def test_digits_and_endings_are_generalised() -> None:
    """Another hour and another form of the word are the same shape."""
    assert "digits:\\d+am" in features_of("at 11am")
    assert "stem:subscrib" in features_of("subscribe") & features_of("subscribing")


def test_names_are_new_and_identifiers() -> None:
    """A name that is taken gets a number, and one that Python could not say a beginning."""
    assert named(Words("text", "check out"), "SPAM", set()) == "spam_check_out"
    assert named(Words("text", "x"), "1", set()) == "is_1_x"


def test_a_threshold_becomes_python() -> None:
    """The limit is written as people write it, and an empty cell is beyond no limit."""
    function = Threshold("score", ">=", 3.0).function("high", "spam")
    assert single_python_function(function.source).name == "high"
    assert "if x.score is not None and x.score >= 3:" in function.source
    assert "len(x.text) <= 20" in Threshold("text", "<=", 20, of_text=True).python()


def test_an_exception_goes_before_the_first_statement_of_a_python_function() -> None:
    """Its own code stays as it is, docstring first."""
    source = (
        '@labeling_function()\ndef free(x):\n    """Say so."""\n'
        '    return "spam" if "free" in x.text else ABSTAIN\n'
    )
    edited = without(LabelingFunction("free", "python", source), Threshold("score", "<=", 2))
    assert edited is not None
    assert edited.source == source.replace(
        "    return",
        "    if x.score is not None and x.score <= 2:\n        return ABSTAIN\n    return",
    )


@pytest.mark.parametrize(
    "source",
    [
        "f = LabelingFunction(name='f', f=lambda x: 1)\n",
        "@labeling_function()\ndef f(row):\n    return 1\n",
        "@labeling_function()\ndef f(x): return 1\n",
        "@labeling_function()\ndef f(x)\n",
    ],
)
def test_code_that_an_edit_could_get_wrong_is_left_alone(source: str) -> None:
    """No exception is better than a wrong one."""
    assert without(LabelingFunction("f", "python", source), Words("text", "lunch")) is None


@pytest.mark.parametrize(
    "function",
    [
        keyword("free", ("free", "win"), "spam"),
        LabelingFunction(
            "free", "regex", RegexParameters("text", r"\b(free|win)\b", "spam").to_source()
        ),
        LabelingFunction(
            "free",
            "rule",
            '{"label": "spam", "when": {"any": [{"column": "text", "words": ["free"]}, '
            '{"column": "text", "words": ["win"]}]}}',
        ),
    ],
    ids=["keyword", "regex", "rule"],
)
def test_an_exception_makes_a_rule(function: LabelingFunction) -> None:
    """It votes where the function does, unless the exception holds in the row."""
    edited = without(function, Words("text", "lunch"))
    texts = ["a Free gift", "free Lunch", "lunch:\nfree", "freedom", "win"]
    assert voted(edited, {"text": texts}) == [True, False, False, False, True]


def test_an_exception_may_be_of_another_column() -> None:
    """A rule compares numbers as well; what it cannot say, the length of a text, is no edit."""
    function = keyword("free", ("free",), "spam")
    edited = without(function, Threshold("score", ">=", 3))
    assert voted(edited, {"text": ["free"] * 2, "score": [2, 3]}) == [True, False]
    assert without(function, Threshold("text", ">=", 3, of_text=True)) is None


def voted(function: LabelingFunction | None, table: dict[str, list[Any]]) -> list[bool]:
    """Return on which rows a function votes."""
    assert function is not None
    return [answer == "spam" for answer in answers(function, table)]


def test_the_last_word_is_not_taken_out() -> None:
    """A keyword function without a word is none."""
    assert without_word(keyword("free", ("free",), "spam"), "free") is None
    left = without_word(keyword("free", ("free", "win"), "spam"), "free")
    assert left is not None
    assert KeywordParameters.from_source(left.source).words == ("win",)
