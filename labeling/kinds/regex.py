"""Votes for a class where a regular expression of Python's `re` matches somewhere in a text."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from labeling.execution.row import Row
from labeling.functions import LabelingFunction
from labeling.kinds.by_column import ColumnTest, contains, voting
from labeling.kinds.keyword import column_reader
from labeling.kinds.kind import ColumnVote, RowUse, Vote
from labeling.kinds.parameters import (
    as_text,
    check_choice,
    compiled_pattern,
    flag_parameter,
    read_parameters,
    text_parameter,
)
from labeling.patterns.search import column_search


@dataclass(frozen=True)
class RegexParameters:
    """What a regex function looks for, and where."""

    column: str
    pattern: str
    label: str
    match_case: bool = False

    def __post_init__(self) -> None:
        for name, value in (
            ("column", self.column),
            ("pattern", self.pattern),
            ("label", self.label),
        ):
            text_parameter("regex", name, value)
        flag_parameter("regex", "match_case", self.match_case)
        compiled_pattern(self.pattern, match_case=self.match_case)

    def to_source(self) -> str:
        """Return the source of a function with these parameters."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_source(cls, source: str) -> "RegexParameters":
        """Read a source; raise FunctionError that says what is wrong with it."""
        return cls(**read_parameters(source, "regex", cls))


class RegexKind:
    """Functions made of one regular expression."""

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError unless pattern, column and label are valid."""
        parameters = RegexParameters.from_source(function.source)
        check_choice("column", parameters.column, columns)
        check_choice("class", parameters.label, classes)

    def row_use(self, function: LabelingFunction, columns: Sequence[str]) -> RowUse:
        """Say that it reads its one column."""
        return RowUse((RegexParameters.from_source(function.source).column,), keeps_row=False)

    def compile(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> Vote:
        """Return the function as something to call."""
        self.check(function, columns, classes)
        parameters = RegexParameters.from_source(function.source)
        read, label = column_reader(parameters.column), parameters.label
        search = compiled_pattern(parameters.pattern, match_case=parameters.match_case).search

        def vote(row: Row) -> str | None:
            return label if search(as_text(read(row))) else None

        return vote

    def compile_columns(
        self, function: LabelingFunction, classes: Sequence[str]
    ) -> ColumnVote | None:
        """Return the function for whole columns; None for a pattern that RE2 reads differently."""
        parameters = RegexParameters.from_source(function.source)
        test = pattern_test(parameters.column, parameters.pattern, match_case=parameters.match_case)
        return voting(test, parameters.label, classes) if test else None


def pattern_test(column: str, pattern: str, *, match_case: bool) -> ColumnTest | None:
    """Return the condition that a pattern matches in a column; None where only `re` can tell."""
    search = column_search(pattern, 0 if match_case else re.IGNORECASE)
    return contains(column, [search]) if search else None


def spans(
    function: LabelingFunction, text: str, column: str | None = None
) -> list[tuple[int, int]]:
    """Return where the pattern matches in the text of a column, for highlights only.

    Without a column it is the one that the function reads; [] where RE2 cannot say.
    """
    parameters = RegexParameters.from_source(function.source)
    if column not in (None, parameters.column):
        return []
    return pattern_spans(parameters.pattern, text, match_case=parameters.match_case)


def pattern_spans(pattern: str, text: str, *, match_case: bool) -> list[tuple[int, int]]:
    """Return where a pattern matches in a text, for highlights only; [] where RE2 cannot say.

    This runs in the server, where a pattern of Python's `re` could backtrack for hours. RE2 takes
    linear time, at the price of look-around, back-references and some Unicode classes: a highlight
    may be missing, and votes never depend on it. Its `replace` marks every match; the marks are
    two characters that the text does not contain.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    marks = [mark for mark in "\x01\x02\x03\x04" if mark not in text][:2]
    if len(marks) < 2:
        return []
    begin, end = marks
    if not match_case:
        pattern = f"(?i){pattern}"
    try:
        marked = pc.replace_substring_regex(pa.scalar(text), pattern, rf"{begin}\0{end}").as_py()
    except pa.ArrowInvalid:
        return []
    head, *pieces = marked.split(begin)
    found, position = [], len(head)
    for piece in pieces:
        length = piece.index(end)
        if length:
            found.append((position, position + length))
        position += len(piece) - len(end)
    return found
