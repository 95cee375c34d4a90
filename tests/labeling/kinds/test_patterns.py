"""Keyword and regex functions: their parameters, and that they find what `re` finds."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS, spans
from labeling.kinds.keyword import KeywordParameters, matcher
from labeling.kinds.regex import RegexParameters

COLUMNS, CLASSES = ["text", "n"], ["ham", "spam"]
LETTERS = "aAbkKsS\u212a\u017f\u0130iI\u0131ßé_ .+$1\n"
"""With letters whose case is not what it seems: Kelvin sign, long s, dotted and dotless i."""


def keyword(**changes: object) -> LabelingFunction:
    """Return a keyword function with some parameters changed."""
    parameters = {"column": "text", "words": ["free"], "label": "spam", **changes}
    return LabelingFunction("f", "keyword", json.dumps(parameters))


def regex(**changes: object) -> LabelingFunction:
    """Return a regex function with some parameters changed."""
    parameters = {"column": "text", "pattern": "free", "label": "spam", **changes}
    return LabelingFunction("f", "regex", json.dumps(parameters))


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (keyword(column="txt"), "Unknown column 'txt'. Valid choices: text, n."),
        (keyword(label="spma"), "Unknown class 'spma'. Valid choices: ham, spam."),
        (keyword(words=[]), "at least one word"),
        (keyword(words="free"), "at least one word"),
        (keyword(words=[3]), "'words'"),
        (keyword(match="some"), "Valid choices: any, all."),
        (keyword(whole_word="yes"), "true or false"),
        (keyword(worsd=[]), "no parameter 'worsd'"),
        (LabelingFunction("f", "keyword", "[1]"), "JSON object"),
        (LabelingFunction("f", "keyword", "{"), "no valid JSON"),
        (LabelingFunction("f", "keyword", '{"column": "text", "label": "ham"}'), "lacks"),
        (regex(pattern="a("), "at character 2: missing"),
        (regex(pattern=3), "'pattern'"),
        (regex(label=1), "'label'"),
        (regex(column="x"), "Unknown column"),
        (regex(pattern="(" * 3000 + ")" * 3000), "too complex"),
    ],
)
def test_invalid_parameters_are_refused(function: LabelingFunction, message: str) -> None:
    """Each message says which parameter and what would be valid."""
    with pytest.raises(FunctionError, match=re.escape(message)):
        KINDS[function.kind].check(function, COLUMNS, CLASSES)


def test_parameters_survive_their_source() -> None:
    """A builder can read what it wrote, and words default to whole ones in any case."""
    parameters = KeywordParameters("text", ("free", "naïve"), "spam")
    assert KeywordParameters.from_source(parameters.to_source()) == parameters
    assert parameters.whole_word
    assert not parameters.match_case
    pattern = RegexParameters("text", r"\bfree\b", "spam", match_case=True)
    assert RegexParameters.from_source(pattern.to_source()) == pattern


def plain_re(parameters: KeywordParameters, text: str) -> bool:
    """Decide by definition: each word on its own, by `re` alone."""
    flags = 0 if parameters.match_case else re.IGNORECASE
    edge = (r"(?<!\w)", r"(?!\w)") if parameters.whole_word else ("", "")
    found = (
        re.search(edge[0] + re.escape(word) + edge[1], text, flags) for word in parameters.words
    )
    return (any if parameters.match == "any" else all)(map(bool, found))


@settings(deadline=None)
@given(
    words=st.lists(
        st.text(LETTERS, min_size=1, max_size=3).filter(str.strip), min_size=1, max_size=4
    ),
    text=st.text(LETTERS, max_size=12),
    match=st.sampled_from(["any", "all"]),
    whole_word=st.booleans(),
    match_case=st.booleans(),
)
def test_keywords_are_found_as_re_finds_them(
    words: list[str], text: str, match: str, whole_word: bool, match_case: bool
) -> None:
    """The shortcut for ASCII texts changes no vote."""
    parameters = KeywordParameters("text", tuple(words), "spam", match, whole_word, match_case)  # type: ignore[arg-type]
    assert bool(matcher(parameters)(text)) == plain_re(parameters, text)


def test_whole_words_may_begin_and_end_with_signs() -> None:
    """A word boundary of `re` would not do for these."""
    hits = matcher(KeywordParameters("text", ("c++", "$$$"), "spam"))
    assert hits("I like C++!")
    assert hits("make $$$ fast")
    assert not hits("c++11")


@settings(deadline=None)
@given(text=st.text("ab1 .", max_size=12), pattern=st.sampled_from(["a+b?", r"\d", "(?P<x>b)$"]))
def test_regex_highlights_are_where_re_finds_them(text: str, pattern: str) -> None:
    """RE2 and `re` agree on plain ASCII patterns."""
    expected = [match.span() for match in re.finditer(pattern, text) if match[0]]
    assert spans(regex(pattern=pattern), text) == expected


def test_regex_highlights_never_hang_or_fail() -> None:
    """A pattern that backtracks for hours in `re`, and one that RE2 does not know."""
    assert spans(regex(pattern="(a+)+$"), "a" * 40 + "b") == []
    assert spans(regex(pattern="(?<=a)b"), "ab") == []


def test_keyword_highlights_prefer_longer_words() -> None:
    """`free money` is one hit, not a part of it."""
    function = keyword(words=["free", "free money"])
    assert spans(function, "é Free money, free") == [(2, 12), (14, 18)]


def test_python_functions_have_no_highlights() -> None:
    """What a program looks at is not known."""
    assert spans(LabelingFunction("f", "python", "def f(x):\n    return 1\n"), "text") == []
