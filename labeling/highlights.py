"""Which stretches of a row's text made functions vote, as far as that is known without running."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from labeling.browse import RowView
from labeling.functions import LabelingFunction
from labeling.kinds import spans as matched_spans
from labeling.store import ProjectInfo


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of the text speak for class `code`."""

    start: int
    end: int
    code: int


def highlights(
    functions: Sequence[LabelingFunction],
    info: ProjectInfo,
    rows: Sequence[RowView],
    only: str | None = None,
) -> dict[int, tuple[Span, ...]]:
    """Return the spans of each row id, of one function where `only` names it.

    Kinds that cannot say where they matched (Python) have none; a function that did not vote on
    a row has none there either.
    """
    speaking = {f.name: f for f in functions if only is None or f.name == only}
    found: dict[int, tuple[Span, ...]] = {}
    for row in rows:
        spans = [
            Span(start, end, code)
            for name, code in row.votes
            if name in speaking
            for start, end in _spans(speaking[name], info.text_column, row.text)
        ]
        found[row.row_id] = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
    return found


def _spans(function: LabelingFunction, text_column: str, text: str) -> list[tuple[int, int]]:
    """Where a keyword or regex over the shown text matched; other columns are not shown."""
    if function.kind not in ("keyword", "regex"):
        return []
    column = json.loads(function.source).get("column")
    return matched_spans(function, text) if column == text_column else []
