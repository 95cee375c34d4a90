"""Conditions on a row, each of which can become a labeling function, or an exception to one."""

import keyword
import re
from dataclasses import dataclass
from typing import Literal

from labeling.functions import LabelingFunction
from labeling.kinds.keyword import KeywordParameters
from labeling.kinds.regex import RegexParameters

_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")

LENGTH = "length of the text"
"""The one figure that is no column."""


@dataclass(frozen=True)
class Words:
    """The text contains a word or phrase, as whole words, in any case."""

    column: str
    words: str
    rank = 0

    @property
    def title(self) -> str:
        """Say it in words."""
        return f"has “{self.words}”"

    @property
    def exception(self) -> str:
        """Say in words where a function is to be silent."""
        return f"not where it {self.title}"

    @property
    def slug(self) -> str:
        """Return what names it."""
        return self.words

    @property
    def pattern(self) -> str:
        """Return a pattern of Python's `re` that finds it, case aside."""
        return rf"(?<!\w){escaped(self.words)}(?!\w)"

    def function(self, name: str, label: str) -> LabelingFunction:
        """Return the function that votes `label` where it holds."""
        parameters = KeywordParameters(self.column, (self.words,), label)
        return LabelingFunction(name, "keyword", parameters.to_source())

    def python(self) -> str:
        """Return the condition on a row `x` as Python; it needs the module `re`."""
        return _searched(self.pattern, self.column)


@dataclass(frozen=True)
class Shape:
    """The text matches a pattern, in any case; `said` is what it looks for, in words."""

    column: str
    pattern: str
    said: str
    rank = 1

    @property
    def title(self) -> str:
        """Say it in words."""
        return f"has {self.said}"

    @property
    def exception(self) -> str:
        """Say in words where a function is to be silent."""
        return f"not where it {self.title}"

    @property
    def slug(self) -> str:
        """Return what names it."""
        return self.said

    def function(self, name: str, label: str) -> LabelingFunction:
        """Return the function that votes `label` where it holds."""
        parameters = RegexParameters(self.column, self.pattern, label)
        return LabelingFunction(name, "regex", parameters.to_source())

    def python(self) -> str:
        """Return the condition on a row `x` as Python; it needs the module `re`."""
        return _searched(self.pattern, self.column)


@dataclass(frozen=True)
class Threshold:
    """A number is at least, or at most, a limit; an empty cell is neither.

    The number is that of a column, or, where `of_text`, the characters of a text column.
    """

    column: str
    sign: Literal[">=", "<="]
    limit: float
    of_text: bool = False
    rank = 2

    @property
    def title(self) -> str:
        """Say it in words."""
        what = LENGTH if self.of_text else self.column
        return f"{what} {'≥' if self.sign == '>=' else '≤'} {_number(self.limit)}"

    @property
    def exception(self) -> str:
        """Say in words where a function is to be silent."""
        return f"not where {self.title}"

    @property
    def slug(self) -> str:
        """Return what names it."""
        what = "length" if self.of_text else self.column
        return f"{what} {'from' if self.sign == '>=' else 'to'} {_number(self.limit)}"

    def function(self, name: str, label: str) -> LabelingFunction:
        """Return the function that votes `label` where it holds."""
        source = (
            f"@labeling_function()\ndef {name}(x):\n    if {self.python()}:\n"
            f"        return {label!r}\n    return ABSTAIN\n"
        )
        return LabelingFunction(name, "python", source)

    def python(self) -> str:
        """Return the condition on a row `x` as Python."""
        value = cell(self.column)
        number = f"len({value})" if self.of_text else value
        return f"{value} is not None and {number} {self.sign} {_number(self.limit)}"


Condition = Words | Shape | Threshold


def named(condition: Condition, label: str, taken: set[str]) -> str:
    """Return a name for a function of this condition that is not `taken`, and an identifier.

    >>> named(Words("text", "check out"), "spam", {"spam_check_out"})
    'spam_check_out_2'
    """
    plain = re.sub(r"\W+", "_", f"{label} {condition.slug}").strip("_").lower()[:60]
    start = plain if plain.isidentifier() and not keyword.iskeyword(plain) else f"is_{plain}"
    name, number = start, 1
    while name in taken:
        number += 1
        name = f"{start}_{number}"
    return name


def cell(column: str) -> str:
    """Return how Python reads a column of the row `x`.

    >>> cell("score"), cell("sent at")
    ('x.score', "x['sent at']")
    """
    plain = column.isidentifier() and not keyword.iskeyword(column)
    return f"x.{column}" if plain else f"x[{column!r}]"


def escaped(text: str) -> str:
    """Return a text as a pattern that finds it, escaped no more than needed."""
    return _SPECIAL.sub(lambda found: "\\" + found.group(), text)


def _searched(pattern: str, column: str) -> str:
    return f're.search({_raw(pattern)}, {cell(column)} or "", re.IGNORECASE)'


def _raw(pattern: str) -> str:
    return repr(pattern) if '"' in pattern else f'r"{pattern}"'


def _number(value: float) -> str:
    return f"{int(value)}" if value == int(value) else f"{value:.6g}"
