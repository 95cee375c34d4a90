"""Kinds of labeling functions: one file per kind, and this dict.

A new kind is one file with an object that has the methods of `kind.RowKind` or `kind.SetKind`, and
one line here.
"""

from collections.abc import Callable, Mapping, Sequence

from labeling.functions import LabelingFunction
from labeling.kinds import keyword, regex, rule
from labeling.kinds.keyword import KeywordKind
from labeling.kinds.kind import ColumnKind, Kind, SetKind
from labeling.kinds.model import ModelKind
from labeling.kinds.python import PythonKind
from labeling.kinds.regex import RegexKind
from labeling.kinds.rule import RuleKind
from labeling.kinds.sql import SqlKind

KINDS: Mapping[str, Kind] = {
    "python": PythonKind(),
    "keyword": KeywordKind(),
    "regex": RegexKind(),
    "rule": RuleKind(),
    "sql": SqlKind(),
    "model": ModelKind(),
}

WRITTEN_KINDS: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "model")
"""The kinds that a person writes; functions of the others are made from something else."""

_Spans = Callable[[LabelingFunction, str, str | None], list[tuple[int, int]]]
_SPANS: Mapping[str, _Spans] = {
    "keyword": keyword.spans,
    "regex": regex.spans,
    "rule": rule.spans,
}


def votes_row_by_row(kind: str) -> bool:
    """Whether functions of this kind are asked about one row after the other, or about all."""
    return not isinstance(KINDS.get(kind), SetKind)


def runs_no_code(kind: str) -> bool:
    """Whether functions of this kind are run by our own code alone."""
    return isinstance(KINDS.get(kind), ColumnKind)


def votes_by_column(function: LabelingFunction, classes: Sequence[str]) -> bool:
    """Whether whole columns are looked at for a valid function, wherever that is certain."""
    kind = KINDS.get(function.kind)
    return isinstance(kind, ColumnKind) and kind.compile_columns(function, classes) is not None


def spans(
    function: LabelingFunction, text: str, column: str | None = None
) -> list[tuple[int, int]]:
    """Return (start, end) of what a function hits in the text of a column, to highlight it.

    Without a column, the text is taken for that of whichever it reads. [] where it is not known.
    """
    find = _SPANS.get(function.kind)
    return find(function, text, column) if find else []
