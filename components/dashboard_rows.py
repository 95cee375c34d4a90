"""The rows beside the Dashboard's charts: those of a mark, or chosen with the keyboard."""

from collections.abc import Mapping

import streamlit as st

from components.errors import errors_shown
from components.kept import tell
from components.marks import CLICKED, ROWS_CHOICE, clicked_rows
from components.rows import row_browser
from labeling.browse import RowFilter
from labeling.project import Project
from labeling.row_choices import row_choices
from labeling.snapshot import Snapshot

_SHOWN = "dashboard-rows-wanted"
_DRAWN = "dashboard-rows-drawn"
_DRAWN_TITLES = 500


def dashboard_rows(project: Project, snapshot: Snapshot) -> None:
    """Draw the rows, in sight wherever the charts are scrolled to.

    At first they are those of the worst error. Whatever a mark of a chart shows can be chosen from
    the list as well.
    """
    choices = dict(row_choices(snapshot))
    picked = clicked_rows(snapshot)
    if picked is not None:
        choices = {CLICKED: picked, **choices}
    tell(ROWS_CHOICE, _title(choices))
    chosen = st.selectbox(
        "Rows", list(choices), key=ROWS_CHOICE, help="Click any mark of a chart, or choose here"
    )
    before = st.session_state.get(_DRAWN, {})
    drawn = [
        *((title, before[title]) for title in before if title not in choices),
        *choices.items(),
    ]
    st.session_state[_DRAWN] = dict(drawn[-_DRAWN_TITLES:])
    wanted = st.session_state[_SHOWN] = choices[str(chosen)]
    with errors_shown():
        row_browser(project, snapshot, wanted, key="dashboard-rows", empty="No such rows.")


def _title(choices: Mapping[str, RowFilter]) -> str:
    """Return the title of what is chosen.

    Counts in titles change with the figures: one that is not drawn any more was, when it was
    chosen.
    """
    chosen = st.session_state.get(ROWS_CHOICE)
    if chosen in choices:
        return str(chosen)
    meant = st.session_state.get(_DRAWN, {}).get(chosen, st.session_state.get(_SHOWN))
    return next(
        (title for title, wanted in choices.items() if wanted == meant), next(iter(choices))
    )
