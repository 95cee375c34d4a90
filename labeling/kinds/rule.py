"""Votes for a class where conditions hold, joined by all, any and not: a function without code.

{"label": "spam", "when": {"all": [
    {"column": "text", "words": ["free", "win"]},
    {"not": {"column": "text", "pattern": "free (of charge|delivery)"}},
    {"column": "likes", "is": "<", "value": 3}]}}
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from labeling.errors import FunctionError
from labeling.execution.row import Row
from labeling.functions import LabelingFunction
from labeling.kinds.by_column import voting
from labeling.kinds.keyword import KeywordParameters, column_reader
from labeling.kinds.keyword import spans as keyword_spans
from labeling.kinds.kind import ColumnVote, RowUse, Vote
from labeling.kinds.parameters import (
    check_choice,
    read_parameters,
    text_parameter,
)
from labeling.kinds.regex import RegexParameters
from labeling.kinds.regex import spans as regex_spans
from labeling.kinds.rule_columns import column_test
from labeling.kinds.rule_conditions import (
    All,
    AnyOf,
    Condition,
    Node,
    Not,
    Pattern,
    Words,
    check_size,
    conditions,
    node_from_json,
    node_to_json,
)
from labeling.kinds.rule_tests import cell_test

Holds = Callable[[Row], object]
"""A condition as something to ask a row; the answer is true or false."""


@dataclass(frozen=True)
class Rule:
    """When a rule function votes, and for which class."""

    when: Node
    label: str

    def __post_init__(self) -> None:
        text_parameter("rule", "label", self.label)
        check_size(tuple(conditions(self.when)))

    def to_source(self) -> str:
        """Return the source of a function with this rule."""
        said = {"label": self.label, "when": node_to_json(self.when)}
        return json.dumps(said, ensure_ascii=False)

    @classmethod
    def from_source(cls, source: str) -> "Rule":
        """Read a source; raise FunctionError that says what is wrong with it, and where."""
        values = read_parameters(source, "rule", cls)
        return cls(node_from_json(values["when"]), values["label"])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads, each once."""
        return tuple(dict.fromkeys(part.column for part in conditions(self.when)))


class RuleKind:
    """Functions made of conditions."""

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError unless conditions, columns and label are valid."""
        rule = Rule.from_source(function.source)
        for column in rule.columns:
            check_choice("column", column, columns)
        check_choice("class", rule.label, classes)

    def row_use(self, function: LabelingFunction, columns: Sequence[str]) -> RowUse:
        """Say that it reads the columns of its conditions."""
        return RowUse(Rule.from_source(function.source).columns, keeps_row=False)

    def compile(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> Vote:
        """Return the function as something to call."""
        self.check(function, columns, classes)
        rule = Rule.from_source(function.source)
        holds, label = _predicate(rule.when), rule.label

        def vote(row: Row) -> str | None:
            return label if holds(row) else None

        return vote

    def compile_columns(
        self, function: LabelingFunction, classes: Sequence[str]
    ) -> ColumnVote | None:
        """Return the rule for whole columns; None where a pattern is one that only `re` reads."""
        rule = Rule.from_source(function.source)
        test = column_test(rule.when)
        return voting(test, rule.label, classes) if test else None


def as_rule(function: LabelingFunction) -> Rule:
    """Return a keyword, regex or rule function as a rule that votes as it does."""
    if function.kind == "rule":
        return Rule.from_source(function.source)
    if function.kind == "keyword":
        k = KeywordParameters.from_source(function.source)
        return Rule(Words(k.column, k.words, k.match, k.whole_word, k.match_case), k.label)
    if function.kind == "regex":
        r = RegexParameters.from_source(function.source)
        return Rule(Pattern(r.column, r.pattern, r.match_case), r.label)
    raise FunctionError(
        f"A {function.kind} function is no rule.", choices=("keyword", "regex", "rule")
    )


def spans(
    function: LabelingFunction, text: str, column: str | None = None
) -> list[tuple[int, int]]:
    """Return where words and patterns that speak for the vote are in the text of a column.

    Without a column, those of every column are looked for.
    """
    rule = Rule.from_source(function.source)
    found: set[tuple[int, int]] = set()
    for part in _positive(rule.when):
        if column in (None, part.column):
            found.update(_spans(part, text))
    return _without_overlaps(sorted(found))


def _spans(part: Condition, text: str) -> list[tuple[int, int]]:
    match part:
        case Words():
            source = part.keywords("any class").to_source()
            return keyword_spans(LabelingFunction("", "keyword", source), text)
        case Pattern(column, pattern, match_case):
            source = RegexParameters(column, pattern, "any class", match_case).to_source()
            return regex_spans(LabelingFunction("", "regex", source), text)
        case _:
            return []


def _positive(node: Node) -> Iterator[Condition]:
    """Yield the conditions that are not below a negation: those whose hits speak for the vote."""
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _positive(part)
        case Not():
            return
        case _:
            yield node


def _without_overlaps(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _predicate(node: Node) -> Holds:
    match node:
        case All(parts):
            every = [_predicate(part) for part in parts]
            return lambda row: all(holds(row) for holds in every)
        case AnyOf(parts):
            some = [_predicate(part) for part in parts]
            return lambda row: any(holds(row) for holds in some)
        case Not(part):
            negated = _predicate(part)
            return lambda row: not negated(row)
        case _:
            read, holds = column_reader(node.column), cell_test(node)
            return lambda row: holds(read(row))
