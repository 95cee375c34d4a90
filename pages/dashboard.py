"""Dashboard: what the functions and the label model achieve, live; a click shows the rows."""

from contextlib import nullcontext

import streamlit as st

from components.dashboard_charts import CHARTS, IN_CONTAINER, newest_pick
from components.dashboard_rows import dashboard_rows
from components.end_model_card import end_model_card
from components.function_chart import functions
from components.headline import headline
from components.held_out_card import held_out_card
from components.live import live_activity, live_snapshot
from components.pair_matrix import needs_width, pair_matrix
from components.turns import turn
from labeling.browse import RowFilter
from labeling.project import Project

_SHOWN = "dashboard-shown"


def show(project: Project) -> None:
    """Draw the page."""
    _figures(project)


@st.fragment
def _figures(project: Project) -> None:
    with turn(shows=_shows(project)):
        st.session_state[_SHOWN] = _draw(project)


def _shows(project: Project) -> int:
    """Return the version that is on the page; 0, which goes first, for another one or a click."""
    shown = int(st.session_state.get(_SHOWN, 0))
    return 0 if shown == project.snapshot().figures else shown


def _draw(project: Project) -> int:
    """Draw the figures, and return their version."""
    snapshot = live_snapshot(project, key="dashboard-live", follows="figures")
    headline(project, snapshot)
    live_activity(project, key="dashboard-activity-live", within="figures")
    if not snapshot.functions:
        st.text("No labeling function yet: write one in Studio, and its figures appear here.")
        return snapshot.figures
    wide, rows = st.columns([2.1, 1], gap="large")
    picks: list[RowFilter | None] = []
    with wide:
        picks.append(functions(project, snapshot))
        left, right = st.columns(2, gap="large")
        below = st.container() if needs_width(snapshot) else None
        for i, draw in enumerate(CHARTS):
            column = (left, right)[i % 2]
            place = below if below is not None and draw is pair_matrix else column
            # Its own place: else it is drawn anew where another one comes or goes.
            with place, st.container() if draw in IN_CONTAINER else nullcontext():
                picks.append(draw(project, snapshot))
        with left:
            held_out_card(project, snapshot)
        with right:
            end_model_card(project, snapshot)
    with rows, st.container(key="dashboard-rows-pane"):
        dashboard_rows(project, snapshot, *newest_pick(picks))
    return snapshot.figures
