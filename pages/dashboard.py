"""Dashboard: what the functions and the label model achieve, live; a click shows the rows."""

import streamlit as st

from components.dashboard_charts import CHARTS, newest_pick
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


def show(project: Project) -> None:
    """Draw the page."""
    _figures(project)


@st.fragment
def _figures(project: Project) -> None:
    with turn():
        _draw(project)


def _draw(project: Project) -> None:
    snapshot = live_snapshot(project, key="dashboard-live", follows="figures")
    with st.container():
        headline(project, snapshot)
    live_activity(project, key="dashboard-activity-live", within="figures")
    if not snapshot.functions:
        st.text("No labeling function yet: write one in Studio, and its figures appear here.")
        return
    wide, rows = st.columns([2.1, 1], gap="large")
    picks: list[RowFilter | None] = []
    with wide:
        with st.container():
            picks.append(functions(project, snapshot))
        left, right = st.columns(2, gap="large")
        below = st.container()
        for i, draw in enumerate(CHARTS):
            wider = draw is pair_matrix and needs_width(snapshot)
            # A place for each: else it is drawn anew where another one comes or goes.
            with below if wider else (left, right)[i % 2], st.container():
                picks.append(draw(project, snapshot))
        with left:
            held_out_card(project, snapshot)
        with right:
            end_model_card(project, snapshot)
    with rows, st.container(key="dashboard-rows-pane"):
        dashboard_rows(project, snapshot, *newest_pick(picks))
