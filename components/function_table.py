"""The table of labeling functions with their live statistics."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from components.deltas import GREEN, RED, Better, color_of, points
from components.figures import measured_accuracy, measured_briefly, unseen_accuracy
from components.names import columns_of, shortened
from labeling.counted import counted
from labeling.snapshot import FunctionState, Snapshot
from labeling.table import estimated_accuracy, share

_HEAD_PIXELS, _LINE_PIXELS, _MOST_PIXELS = 36, 30, 640
_SHORT_NAME, _WHOLE_NAME, _BESIDE_WARNINGS = 18, 44, 28
_SHORT_CLASS, _WHOLE_CLASS = 8, 17
"""Columns of text for a function's name and for a class's."""
_CHARACTER_PIXELS, _CELL_PIXELS, _LEAST_NAME_PIXELS = 7.5, 20, 160
_SHORT = ["state", "function", "right", "coverage", "conflicts", "votes for"]
"""The figure that decides most comes first: a phone shows the beginning of a line."""
_WHOLE = [
    "state", "function", "votes for", "coverage", "conflicts", "overlaps",
    "accuracy on dev gold", "estimated", "errors", "warnings",
]  # fmt: skip
_FIGURES: dict[str, tuple[str, Better]] = {
    "coverage": ("coverage", "more"),
    "conflicts": ("conflicts", "less"),
    "overlaps": ("overlaps", "neither"),
    "right": ("fair_accuracy", "more"),
    "accuracy on dev gold": ("fair_accuracy", "more"),
}
_CSS = {GREEN: "color: #1f8f5f", RED: "color: #d2504b"}
"""Readable on the light and on the dark page."""
_MOVED = "; + or − says that it rose or fell with the last change"
_STATUS = {"ready": "✓", "errors": "!", "queued": "…", "running": "▶", "failed": "✗"}


def function_table(
    snapshot: Snapshot,
    *,
    opened: str,
    drafted: frozenset[str],
    warned: Mapping[str, str],
    whole: bool,
    tests: Mapping[str, str],
    key: str,
    on_pick: Callable[[str], None],
) -> None:
    """Draw the table with the opened function's line marked.

    A click anywhere in a line picks its function, and so do the arrow keys once the table has the
    focus; `on_pick` is then called before the page runs again. A dot is put before the names in
    `drafted`: they have unsaved changes. `warned` says by name what a function is warned of, and
    `tests`, which only the whole table shows, how the rows pinned to it do. The
    `whole` table needs the width of the page; the other one has the figures that decide what to do
    next, in less than half of it.
    """
    if not snapshot.functions:
        st.text("No labeling function yet.\nWrite the first one in the editor: a keyword will do.")
        return
    frame = pd.DataFrame(
        [_line(state, snapshot.classes, warned, whole=whole) for state in snapshot.functions]
    )
    names = list(frame["function"])
    styles = _styles(snapshot, frame)
    frame["tests"] = [tests.get(name, "") for name in names]
    order = _order(snapshot, frame, whole=whole)
    limit = _name_limit(order) if whole else _SHORT_NAME
    frame["function"] = [
        shortened(f"• {name}" if name in drafted else name, limit) for name in names
    ]
    picks = f"{key}-whole" if whole else key
    table = _table_key(picks, opened)
    line = names.index(opened) if opened in names else None
    _mark(table, line)
    st.container(key=key).dataframe(
        frame if styles is None else frame.style.apply(lambda _: styles, axis=None),
        key=table,
        hide_index=True,
        on_select=lambda: _pick(picks, table, names, line, on_pick),
        selection_mode=["single-row", "single-cell"],
        row_height=_LINE_PIXELS,
        height=min(_HEAD_PIXELS + _LINE_PIXELS * len(frame), _MOST_PIXELS),
        column_order=order,
        column_config=_COLUMNS | _wider(frame) if whole else _COLUMNS,
        alt="Labeling functions",
    )


def _order(snapshot: Snapshot, frame: pd.DataFrame, *, whole: bool) -> list[str]:
    """Return the columns from left to right; those that would be empty throughout are left out."""
    if not whole:
        return _SHORT
    unseen = any(state.unseen is not None for state in snapshot.functions)
    after = _WHOLE.index("accuracy on dev gold") + 1
    order = [*_WHOLE[:after], *(["on unseen gold"] if unseen else []), *_WHOLE[after:], "tests"]
    return [one for one in order if one not in ("warnings", "tests") or frame[one].any()]


def _name_limit(order: list[str]) -> int:
    """Return how much of a name there is room for, so that the table fits on a narrow screen."""
    return _BESIDE_WARNINGS if {"warnings", "on unseen gold"} & set(order) else _WHOLE_NAME


def _table_key(key: str, opened: str) -> str:
    """Return a name for the table, a new one where something else than a pick opened a function.

    The browser may still send the line that was marked before; to the new table it says nothing.
    """
    name = f"{key}-opened"
    shown, number = st.session_state.get(name, (opened, 0))
    if shown != opened:
        number += 1
    st.session_state[name] = (opened, number)
    return f"{key}-table-{number}"


def _pick(
    key: str,
    table: str,
    names: list[str],
    marked: int | None,
    on_pick: Callable[[str], None],
) -> None:
    """Pass on which line was newly selected, by its check box or by any of its cells."""
    selection = st.session_state[table]["selection"]
    lines = [*selection["rows"], *(line for line, _ in selection["cells"])]
    newly = [line for line in lines if line != marked]
    if newly:
        _, number = st.session_state[f"{key}-opened"]
        st.session_state[f"{key}-opened"] = (names[newly[0]], number)
        on_pick(names[newly[0]])


def _mark(table: str, line: int | None) -> None:
    """Select the whole line."""
    known = st.session_state.get(table, {}).get("selection", {})
    told = selection_to_tell(known, line)
    if told is not None:
        st.session_state[table] = {"selection": told}


def selection_to_tell(known: Mapping[str, Any], line: int | None) -> dict[str, Any] | None:
    """Return the selection that marks the line; None where the browser shows it by now.

    It keeps the cell that has the focus while it is on that line. Of two runs that draw a new table
    in one moment the browser may see the second alone: it is told until it answers, and only its
    answer speaks of columns.
    """
    rows = [] if line is None else [line]
    cells = [cell for cell in known.get("cells", []) if cell[0] == line]
    same = known.get("rows", []) == rows and known.get("cells", []) == cells
    answered = "columns" in known or not rows
    return None if same and answered else {"rows": rows, "cells": cells}


def _line(
    state: FunctionState, classes: tuple[str, ...], warned: Mapping[str, str], *, whole: bool
) -> dict[str, object]:
    found, warning = state.statistics, warned.get(state.function.name, "")
    errors = state.run.error_count if state.run else 0
    line: dict[str, object] = {
        "state": "⚠" if warning and state.status == "ready" else _STATUS[state.status],
        "warnings": warning,
        "function": state.function.name,
        "votes for": _votes_for([classes[code] for code in found.polarity], whole) if found else "",
        "coverage": share(found.coverage) if found else "–",
        "conflicts": share(found.conflicts) if found else "–",
        "right": measured_briefly(state),
        "accuracy on dev gold": measured_accuracy(state),
        "on unseen gold": unseen_accuracy(state),
        "estimated": share(estimated_accuracy(state)),
        "overlaps": share(found.overlaps) if found else "–",
        "errors": errors,
    }
    for column, (change, _) in _changes(state).items():
        line[column] = f"{line[column]} {change if whole else change[0]}"
    return line


def _wider(frame: pd.DataFrame) -> dict[str, Any]:
    """Return the columns of the whole table; that of the names is as wide as the longest one."""
    longest = max(map(columns_of, frame["function"]))
    pixels = max(round(_CHARACTER_PIXELS * longest) + _CELL_PIXELS, _LEAST_NAME_PIXELS)
    return _WIDER | {"function": _COLUMNS["function"] | {"width": pixels}}


def _changes(state: FunctionState) -> dict[str, tuple[str, str]]:
    """Return by column how a figure moved with the last change, and in which colour to say it."""
    now, earlier = state.statistics, state.earlier
    if now is None or earlier is None:
        return {}
    moved = {
        column: (points(getattr(now, figure), getattr(earlier, figure)), better)
        for column, (figure, better) in _FIGURES.items()
    }
    estimate = points(estimated_accuracy(state), state.earlier_estimate)
    moved["estimated"] = (estimate, "more")
    return {
        column: (change, _CSS.get(color_of(change, better) or "", ""))
        for column, (change, better) in moved.items()
        if change
    }


def _styles(snapshot: Snapshot, frame: pd.DataFrame) -> pd.DataFrame | None:
    """Return the style of every cell, None where no figure moved."""
    changes = [_changes(state) for state in snapshot.functions]
    if not any(style for line in changes for _, style in line.values()):
        return None
    lines = [[line.get(str(name), ("", ""))[1] for name in frame.columns] for line in changes]
    return pd.DataFrame(lines, columns=frame.columns)


def _votes_for(classes: list[str], whole: bool) -> str:
    if not classes:
        return "–"
    if whole:
        return shortened(", ".join(classes), _WHOLE_CLASS)
    if len(classes) == 1:
        return shortened(classes[0], _SHORT_CLASS)
    return counted(len(classes), "class", "classes")


_COLUMNS = {
    "state": st.column_config.TextColumn(
        "",
        width=26,
        help="✓ up to date, ⚠ has a warning, … queued, ▶ running, ! not in the label model: it has "
        "errors or learned from it, ✗ failed",
    ),
    # Without a width it takes what is left; the whole table leaves nothing.
    "function": st.column_config.TextColumn("function", help="• has unsaved changes"),
    "votes for": st.column_config.TextColumn("votes for", width=76),
    "coverage": st.column_config.TextColumn(
        "coverage", width=74, alignment="right", help="Share of rows on which it votes" + _MOVED
    ),
    "conflicts": st.column_config.TextColumn(
        "conflicts",
        width=72,
        alignment="right",
        help="Share of rows on which it votes and another function votes for another class"
        + _MOVED,
    ),
    "overlaps": st.column_config.TextColumn(
        "overlaps",
        width=70,
        alignment="right",
        help="Share of rows on which it votes and at least one other function votes" + _MOVED,
    ),
    "right": st.column_config.TextColumn(
        "accuracy",
        width=122,
        alignment="right",
        help="Share of its votes on dev gold that are right, with its 95 % interval; of how many "
        f"says All statistics{_MOVED}; ≈ reweighted, for rows were chosen and not drawn at random",
    ),
    "accuracy on dev gold": st.column_config.TextColumn(
        "accuracy on dev gold",
        width=182,
        alignment="right",
        help="Share of its votes on dev gold that are right (95 % interval, n gold rows). Where "
        "rows were chosen and not drawn at random it is reweighted, and raw is what was counted",
    ),
    "on unseen gold": st.column_config.TextColumn(
        "on unseen gold",
        width=104,
        alignment="right",
        help="The same on labels by hand that came after the function was saved: nobody could "
        "look at them while editing it",
    ),
    "estimated": st.column_config.TextColumn(
        "estimated", width=100, alignment="right", help="The label model's own estimate" + _MOVED
    ),
    "tests": st.column_config.TextColumn(
        "tests", width=58, help="Pinned rows with the vote they should get, and with another one"
    ),
    "errors": st.column_config.NumberColumn("errors", width=54, format="localized"),
    "warnings": st.column_config.TextColumn("warnings", width=180, help="Open it: what to do"),
}
_WIDER = {
    "votes for": st.column_config.TextColumn("votes for", width=110),
    "coverage": _COLUMNS["coverage"] | {"width": 92},
    "conflicts": _COLUMNS["conflicts"] | {"width": 92},
    "overlaps": _COLUMNS["overlaps"] | {"width": 92},
    "accuracy on dev gold": _COLUMNS["accuracy on dev gold"] | {"width": 216},
}
