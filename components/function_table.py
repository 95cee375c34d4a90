"""The table of labeling functions with their live statistics."""

import pandas as pd
import streamlit as st
from streamlit.elements.arrow import DataframeStateInput

from components.figures import measured_accuracy
from labeling.snapshot import FunctionState, Snapshot
from labeling.table import share

_STATUS = {"ready": "✓", "errors": "!", "queued": "…", "running": "▶", "failed": "✗"}


def function_table(snapshot: Snapshot, *, opened: str, key: str) -> str | None:
    """Draw the table with the opened function marked; return the name of the marked one.

    The key holds the opened function, so that a function opened elsewhere is marked here, too.
    """
    if not snapshot.functions:
        st.text("No labeling function yet.\nWrite the first one in the editor: a keyword will do.")
        return None
    frame = pd.DataFrame([_line(state, snapshot.classes) for state in snapshot.functions])
    names = list(frame["function"])
    marked = opened if opened in names else ""
    event = st.container(key=key).dataframe(
        frame,
        key=f"{key}-{marked}",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default=_selection(names, marked),
        row_height=30,
        height=min(36 + 30 * len(frame), 640),
        column_config=_COLUMNS,
    )
    picked = event["selection"]["rows"]
    return names[picked[0]] if picked else None


def _selection(names: list[str], marked: str) -> DataframeStateInput:
    return {"selection": {"rows": [names.index(marked)] if marked else []}}


def _line(state: FunctionState, classes: tuple[str, ...]) -> dict[str, object]:
    found = state.statistics
    errors = state.run.error_count if state.run else 0
    return {
        "state": _STATUS[state.status],
        "function": state.function.name,
        "votes for": ", ".join(classes[code] for code in found.polarity) if found else "",
        "coverage": share(found.coverage) if found else "–",
        "conflicts": share(found.conflicts) if found else "–",
        "accuracy on dev gold": measured_accuracy(state),
        "estimated": share(state.estimated_accuracy),
        "overlaps": share(found.overlaps) if found else "–",
        "errors": errors,
    }


_COLUMNS = {
    "state": st.column_config.TextColumn(
        "",
        width=28,
        help="✓ up to date, … queued, ▶ running, ! has errors and is not in the label model, "
        "✗ failed",
    ),
    "function": st.column_config.TextColumn("function", width=122),
    "votes for": st.column_config.TextColumn("votes for", width=70),
    "coverage": st.column_config.TextColumn(
        "coverage", width=64, alignment="right", help="Share of rows on which it votes"
    ),
    "conflicts": st.column_config.TextColumn(
        "conflicts",
        width=64,
        alignment="right",
        help="Share of rows on which it votes and another function votes for another class",
    ),
    "accuracy on dev gold": st.column_config.TextColumn(
        "accuracy",
        width=182,
        alignment="right",
        help="Share of its votes on dev gold that are right (95 % interval, n gold rows)",
    ),
    "estimated": st.column_config.TextColumn(
        "estimated", width=70, alignment="right", help="The label model's own estimate"
    ),
    "overlaps": st.column_config.TextColumn(
        "overlaps",
        width=68,
        alignment="right",
        help="Share of rows on which it votes and at least one other function votes",
    ),
    "errors": st.column_config.NumberColumn("errors", width=50, format="localized"),
}
