"""Which stretches of a row's text made functions vote, as far as that is known without running."""

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
            for start, end in matched_spans(speaking[name], row.text, info.text_column)
        ]
        found[row.row_id] = tuple(sorted(spans, key=lambda span: (span.start, span.end)))
    return found
