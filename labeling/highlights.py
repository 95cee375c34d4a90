"""Which stretches of a row's text made functions vote, as far as that is known without running."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from labeling.browse import RowFilter, RowView
from labeling.functions import LabelingFunction
from labeling.kinds import spans as matched_spans
from labeling.kinds.regex import pattern_spans
from labeling.store import ProjectInfo, TextSearch

_LONGEST_KEPT = 2_000
"""Characters of a text for which it is remembered where functions matched."""


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of the text speak for class `code`; None is what was found."""

    start: int
    end: int
    code: int | None


def highlights(
    functions: Sequence[LabelingFunction],
    info: ProjectInfo,
    rows: Sequence[RowView],
    only: str | None = None,
) -> dict[int, tuple[Span, ...]]:
    """Return the spans of each row id, of one function where `only` names it.

    Kinds that cannot say where they matched (Python) have none, and what they matched in other
    columns is not shown; a function that did not vote on a row has none there either.
    """
    speaking = {f.name: f for f in functions if only is None or f.name == only}
    found: dict[int, tuple[Span, ...]] = {}
    for row in rows:
        spans = [
            Span(start, end, code)
            for name, code in row.votes
            if name in speaking
            for start, end in _matched(speaking[name], row.text, info.text_column)
        ]
        found[row.row_id] = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
    return found


def _matched(function: LabelingFunction, text: str, column: str) -> tuple[tuple[int, int], ...]:
    if len(text) > _LONGEST_KEPT:
        return tuple(matched_spans(function, text, column))
    return _matched_before(function, text, column)


@lru_cache(maxsize=2048)
def _matched_before(
    function: LabelingFunction, text: str, column: str
) -> tuple[tuple[int, int], ...]:
    """Return the same; people who look at one project look at the same rows of it."""
    return tuple(matched_spans(function, text, column))


def with_found(
    spans: Sequence[Span], wanted: RowFilter, text_column: str, text: str
) -> tuple[Span, ...]:
    """Return spans with what the filter searched for in their stead where they overlap."""
    found = [
        Span(start, end, None)
        for search in _searches(wanted, text_column)
        for start, end in _search_spans(search, text)
    ]
    free = [
        span for span in spans if not any(o.start < span.end and span.start < o.end for o in found)
    ]
    return tuple(sorted([*free, *found], key=lambda span: (span.start, span.end)))


def _searches(wanted: RowFilter, text_column: str) -> list[TextSearch]:
    searches = [
        TextSearch(one.values[0], regex=one.test == "regex")
        for one in wanted.columns
        if one.column == text_column and one.test in ("contains", "regex") and not one.negate
    ]
    own = wanted.search
    if own is not None and own.column in (None, text_column) and not wanted.search_negate:
        searches.append(own)
    return searches


def _search_spans(search: TextSearch, text: str) -> list[tuple[int, int]]:
    if search.regex:
        return pattern_spans(search.query, text, match_case=search.match_case)
    flags = 0 if search.match_case else re.IGNORECASE
    return [match.span() for match in re.finditer(re.escape(search.query), text, flags)]
