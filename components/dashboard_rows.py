"""The rows beside the Dashboard's charts: those of a mark, or chosen with the keyboard."""

import streamlit as st

from components.errors import errors_shown
from components.rows import row_browser
from labeling.browse import RowFilter
from labeling.project import Project
from labeling.row_choices import row_choices
from labeling.snapshot import Snapshot

_CLICKED = "What was clicked last"
_KEY = "dashboard-rows-choice"


def dashboard_rows(
    project: Project, snapshot: Snapshot, picked: RowFilter | None, just_now: bool
) -> None:
    """Draw the rows, in sight wherever the charts are scrolled to.

    At first they are those of the worst error. Whatever a mark of a chart shows can be chosen from
    the list as well.
    """
    choices = dict(row_choices(snapshot))
    if picked is not None:
        choices = {_CLICKED: picked, **choices}
    if just_now or st.session_state.get(_KEY) not in choices:
        st.session_state[_KEY] = next(iter(choices))
    chosen = st.selectbox(
        "Rows", list(choices), key=_KEY, help="Click any mark of a chart, or choose here"
    )
    with errors_shown():
        row_browser(
            project, snapshot, choices[str(chosen)], key="dashboard-rows", empty="No such rows."
        )
