"""A dense list of rows: the text with highlights, and what functions and people said of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from components.assets import component, declared
from components.names import short_names

_NAME_COLUMNS = 30
_mount = component("rows")


@dataclass(frozen=True)
class Highlight:
    """A stretch of text, `start` to `end` in characters, with the class it speaks for if any."""

    start: int
    end: int
    code: int | None = None


@dataclass(frozen=True)
class VoteChip:
    """The vote of one function on a row; `code` is a class code, or -1 for abstain."""

    function: str
    code: int


@dataclass(frozen=True)
class RowItem:
    """A row to show.

    Attributes:
        row_id: what a click is told with.
        text: shown as it is, never as markup.
        highlights: stretches to mark.
        label: class code the row has now (gold, annotation or model), None when it has none.
        confidence: of `label`, 0 to 1.
        gold: class code of the gold label.
        correct: whether the vote or label in question agrees with gold; None when not known.
        votes: what functions voted.
        fields: name and value of other columns, in one line under the text.
        judged: the function whose vote is in question and comes first; None: the label is.
        note: a short remark at the end, such as "uncovered" or "ham -> spam".
    """

    row_id: int
    text: str
    highlights: tuple[Highlight, ...] = ()
    label: int | None = None
    confidence: float | None = None
    gold: int | None = None
    correct: bool | None = None
    votes: tuple[VoteChip, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    judged: str | None = None
    note: str = ""


def row_list(
    rows: Sequence[RowItem],
    *,
    classes: Sequence[str],
    colors: Mapping[str, str],
    key: str,
    selected: int | None = None,
    height: int | None = None,
    empty: str = "No rows here.",
    label: str = "Rows",
    on_click: Callable[[int], None] | None = None,
) -> None:
    """Draw the rows.

    Args:
        rows: what to show; some hundred at most, a page of a longer list.
        classes: class names by code.
        colors: colour of each class name, as `components.palette.class_colors` returns.
        key: names this list on the page.
        selected: row_id drawn as selected.
        height: in pixels, with scrolling; None grows with the rows.
        empty: what to say when there are no rows; say what to do next.
        label: what a screen reader calls the list.
        on_click: called with the row_id clicked, before the script runs: it is not lost where that
            is cut short.
    """
    voters = {vote.function for row in rows for vote in row.votes}
    _mount(
        key=key,
        data={
            "rows": [_sent(row) for row in rows],
            "classes": [{"name": name, "color": colors[name]} for name in classes],
            "short": short_names([*classes, *voters], _NAME_COLUMNS),
            "selected": selected,
            "height": height,
            "empty": empty,
            "label": label,
            "clickable": on_click is not None,
        },
        on_clicked_change=partial(_clicked, key, on_click) if on_click else declared,
    )


def _clicked(key: str, on_click: Callable[[int], None]) -> None:
    row_id = (st.session_state.get(key) or {}).get("clicked")
    if isinstance(row_id, int | float):
        on_click(int(row_id))


def _sent(row: RowItem) -> dict[str, Any]:
    """Return a row as the browser gets it; `dataclasses.asdict` takes twenty times as long."""
    return {
        **vars(row),
        "highlights": [vars(one) for one in row.highlights],
        "votes": [vars(one) for one in row.votes],
    }
