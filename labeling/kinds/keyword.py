"""Votes for a class where a text contains words.

A word is taken literally. As a whole word it must not touch a letter, digit or underscore, so
"c++" and "$$$" work as well as "free". Letters and case are those of Python's `re`.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter, itemgetter
from typing import Any, Literal

from labeling.errors import FunctionError
from labeling.execution.row import Row, fast_columns
from labeling.functions import LabelingFunction
from labeling.kinds.by_column import ColumnTest, contains, voting
from labeling.kinds.kind import ColumnVote, RowUse, Vote
from labeling.kinds.parameters import (
    as_text,
    check_choice,
    flag_parameter,
    read_parameters,
    text_parameter,
)
from labeling.patterns.search import column_search

MOST_WORDS = 10_000
FEW_WORDS = 12
"""Up to this many, looking for each word first is faster than the pattern alone."""


@dataclass(frozen=True)
class KeywordParameters:
    """What a keyword function looks for, and where. `match`: any of the words, or all of them."""

    column: str
    words: tuple[str, ...]
    label: str
    match: Literal["any", "all"] = "any"
    whole_word: bool = True
    match_case: bool = False

    def __post_init__(self) -> None:
        text_parameter("keyword", "column", self.column)
        text_parameter("keyword", "label", self.label)
        check_words("keyword", self.words, self.match)
        flag_parameter("keyword", "whole_word", self.whole_word)
        flag_parameter("keyword", "match_case", self.match_case)

    def to_source(self) -> str:
        """Return the source of a function with these parameters."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_source(cls, source: str) -> "KeywordParameters":
        """Read a source; raise FunctionError that says what is wrong with it."""
        values = read_parameters(source, "keyword", cls)
        if isinstance(values["words"], list):
            values["words"] = tuple(values["words"])
        return cls(**values)


def check_words(kind: str, words: object, match: object) -> None:
    """Raise FunctionError unless this is what a function of this kind can look for."""
    if not isinstance(words, list | tuple) or not words:
        raise FunctionError("There is nothing to look for.", remedy="List at least one word.")
    if len(words) > MOST_WORDS:
        raise FunctionError(f"A {kind} function takes at most {MOST_WORDS:,} words.")
    for word in words:
        text_parameter(kind, "words", word)
    if match not in ("any", "all"):
        raise FunctionError(f"Unknown match {match!r}.", choices=("any", "all"))


class KeywordKind:
    """Functions made of words."""

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError unless parameters, column and label are valid."""
        parameters = KeywordParameters.from_source(function.source)
        check_choice("column", parameters.column, columns)
        check_choice("class", parameters.label, classes)

    def row_use(self, function: LabelingFunction, columns: Sequence[str]) -> RowUse:
        """Say that it reads its one column."""
        return RowUse((KeywordParameters.from_source(function.source).column,), keeps_row=False)

    def compile(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> Vote:
        """Return the function as something to call."""
        self.check(function, columns, classes)
        parameters = KeywordParameters.from_source(function.source)
        read, hits, label = column_reader(parameters.column), matcher(parameters), parameters.label

        def vote(row: Row) -> str | None:
            return label if hits(as_text(read(row))) else None

        return vote

    def compile_columns(
        self, function: LabelingFunction, classes: Sequence[str]
    ) -> ColumnVote | None:
        """Return the function for whole columns; None where it has too many words for RE2."""
        parameters = KeywordParameters.from_source(function.source)
        test = words_test(parameters)
        return voting(test, parameters.label, classes) if test else None


def column_reader(column: str) -> Callable[[Row], Any]:
    """Return the fastest way to read this column of a row."""
    return attrgetter(column) if fast_columns([column], [column]) else itemgetter(column)


def matcher(parameters: KeywordParameters) -> Callable[[str], object]:
    """Return a predicate over texts.

    A few ASCII words are looked for in ASCII texts with `in` first, lower-cased where case does
    not matter: there it can miss nothing that `re` finds, and most texts hold none of the words.
    """
    words, slow = parameters.words, _search(parameters)
    if len(words) > FEW_WORDS or not all(word.isascii() for word in words):
        return slow
    needles = words if parameters.match_case else tuple(word.lower() for word in words)
    lowers = not parameters.match_case

    def fast(text: str) -> object:
        if text.isascii():
            where = text.lower() if lowers else text
            for needle in needles:
                if needle in where:
                    return slow(text)
            return None
        return slow(text)

    return fast


def _search(parameters: KeywordParameters) -> Callable[[str], object]:
    """Return the predicate as `re` alone decides it."""
    searches = [pattern.search for pattern in _patterns(parameters)]
    if len(searches) == 1:
        return searches[0]
    return lambda text: all(search(text) for search in searches)


def _patterns(parameters: KeywordParameters) -> list[re.Pattern[str]]:
    """Return the patterns that all have to be found."""
    if parameters.match == "any":
        return [_pattern(parameters.words, parameters)]
    return [_pattern([word], parameters) for word in parameters.words]


def words_test(parameters: KeywordParameters) -> ColumnTest | None:
    """Return the condition that a column contains the words; None where only `re` can tell."""
    searches = []
    for pattern in _patterns(parameters):
        search = column_search(pattern.pattern, pattern.flags)
        if search is None:
            return None
        searches.append(search)
    return contains(parameters.column, searches)


def spans(
    function: LabelingFunction, text: str, column: str | None = None
) -> list[tuple[int, int]]:
    """Return where the words are in the text of a column; None is the one it reads.

    The pattern is literal, so this takes no time.

    >>> source = KeywordParameters("text", ("free", "free money"), "spam").to_source()
    >>> spans(LabelingFunction("f", "keyword", source), "Free money! freedom")
    [(0, 10)]
    """
    parameters = KeywordParameters.from_source(function.source)
    if column not in (None, parameters.column):
        return []
    pattern = _pattern(parameters.words, parameters)
    return [match.span() for match in pattern.finditer(text)]


def _pattern(words: Sequence[str], parameters: KeywordParameters) -> re.Pattern[str]:
    """Return a pattern for any of the words, which hits as much as it can."""
    pattern = longest_first_pattern(words, whole_word=parameters.whole_word)
    return re.compile(pattern, 0 if parameters.match_case else re.IGNORECASE)


def longest_first_pattern(words: Sequence[str], *, whole_word: bool) -> str:
    r"""Return the text of a pattern for any of the words.

    >>> longest_first_pattern(["free", "c++"], whole_word=True)
    '(?<!\\w)(?:free|c\\+\\+)(?!\\w)'
    """
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(re.escape(word) for word in longest_first)
    return rf"(?<!\w)(?:{pattern})(?!\w)" if whole_word else pattern
