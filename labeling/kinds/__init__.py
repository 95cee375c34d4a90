"""Kinds of labeling functions: one file per kind, and this dict.

A new kind is one file with an object that has the methods of `kind.RowKind` or `kind.SetKind`, and
one line here.
"""

from collections.abc import Callable, Mapping

from labeling.functions import LabelingFunction
from labeling.kinds import keyword, regex
from labeling.kinds.keyword import KeywordKind
from labeling.kinds.kind import Kind, SetKind
from labeling.kinds.model import ModelKind
from labeling.kinds.python import PythonKind
from labeling.kinds.regex import RegexKind
from labeling.kinds.sql import SqlKind

KINDS: Mapping[str, Kind] = {
    "python": PythonKind(),
    "keyword": KeywordKind(),
    "regex": RegexKind(),
    "sql": SqlKind(),
    "model": ModelKind(),
}

WRITTEN_KINDS: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "model")
"""The kinds that a person writes; functions of the others are made from something else."""

_SPANS: Mapping[str, Callable[[LabelingFunction, str], list[tuple[int, int]]]] = {
    "keyword": keyword.spans,
    "regex": regex.spans,
}


def votes_row_by_row(kind: str) -> bool:
    """Whether functions of this kind are asked about one row after the other, or about all."""
    return not isinstance(KINDS.get(kind), SetKind)


def spans(function: LabelingFunction, text: str) -> list[tuple[int, int]]:
    """Return (start, end) of what a function hits in `text`, to highlight it; [] if unknown."""
    find = _SPANS.get(function.kind)
    return find(function, text) if find else []
