"""The mark of a chart that was clicked last, and the rows behind it.

A click draws the rows beside the charts anew and nothing else. The rows are worked out from what
is selected whenever they are drawn, for they change with the figures.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from components.run_anew import run_only
from labeling.browse import RowFilter
from labeling.snapshot import Snapshot

ROWS = "dashboard-rows"
"""The key of the fragment that draws the rows."""
ROWS_CHOICE = "dashboard-rows-choice"
"""The key of the list that rows are chosen from."""
CLICKED = "What was clicked last"
_LAST = "dashboard-clicked"

Selection = Mapping[str, Any]
"""What is selected in a chart or a table, as Streamlit says it."""
RowsOf = Callable[[Snapshot, Selection], RowFilter | None]
"""Returns the rows behind a selection; None where nothing is selected, or not there any more."""


def clicked(key: str, rows_of: RowsOf) -> None:
    """Show the rows behind a mark of the chart `key` that was just clicked; a callback."""
    st.session_state[_LAST] = (key, rows_of)
    st.session_state[ROWS_CHOICE] = CLICKED
    run_only(ROWS)


def clicked_rows(snapshot: Snapshot) -> RowFilter | None:
    """Return the rows behind the mark that was clicked last, None where there is none."""
    if _LAST not in st.session_state:
        return None
    key, rows_of = st.session_state[_LAST]
    chart = st.session_state.get(key)
    return None if chart is None else rows_of(snapshot, chart["selection"])


def mark(selection: Selection) -> Mapping[str, Any] | None:
    """Return the fields of the selected mark of a chart."""
    picked = selection.get("pick") or []
    return picked[0] if picked else None
