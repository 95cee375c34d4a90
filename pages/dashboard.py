"""Dashboard: what the functions and the label model achieve, live; a click shows the rows."""

import streamlit as st

from components.dashboard_charts import CHARTS, newest_pick
from components.end_model_card import end_model_card
from components.errors import errors_shown
from components.figures import count, label_accuracy, majority_accuracy, shares_of
from components.label_model_panel import label_model_panel
from components.live import activity_line, live_snapshot
from components.rows import row_browser
from components.who import who
from labeling.browse import RowFilter
from labeling.models import MODELS
from labeling.project import Project
from labeling.snapshot import Snapshot

_MODEL = "dashboard-model"


def show(project: Project) -> None:
    """Draw the page."""
    _figures(project)


@st.fragment
def _figures(project: Project) -> None:
    snapshot = live_snapshot(project, key="dashboard-live")
    _headline(project, snapshot)
    activity_line(snapshot)
    label_model_panel(snapshot)
    if not snapshot.functions:
        st.text("No labeling function yet: write one in Studio, and its figures appear here.")
        return
    left, right, rows = st.columns([1, 1, 0.8], gap="large")
    picks: list[RowFilter | None] = []
    for i, draw in enumerate(CHARTS):
        with (left, right)[i % 2]:
            picks.append(draw(project, snapshot))
    with right:
        end_model_card(project, snapshot)
    with rows, st.container(key="dashboard-rows-pane"):
        _rows(project, snapshot, newest_pick(picks))


def _rows(project: Project, snapshot: Snapshot, picked: RowFilter | None) -> None:
    """The rows behind the mark clicked last, in sight wherever the charts are scrolled to."""
    st.subheader("Rows behind a mark", anchor=False)
    if picked is None:
        st.text("Click a bar, a point of a function or a cell: its rows appear here.")
        return
    with errors_shown():
        row_browser(project, snapshot, picked, key="dashboard-rows", empty="No such rows.")


def _headline(project: Project, snapshot: Snapshot) -> None:
    """The figures to know in five seconds."""
    shown = shares_of(snapshot)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        st.metric("Rows", count(snapshot.n_rows), width="content")
        st.metric("Covered", shown.covered, width="content")
        st.metric("In conflict", shown.conflict, width="content")
        st.metric("Dev gold rows", count(shown.dev_gold), width="content")
        st.metric("Labels right on dev gold", label_accuracy(snapshot), width="content")
        st.metric("Majority vote", majority_accuracy(snapshot), width="content")
        _model_choice(project)


def _model_choice(project: Project) -> None:
    st.session_state[_MODEL], _ = project.model()
    st.selectbox(
        "Label model", list(MODELS), width=160, key=_MODEL, on_change=_choose, args=(project,)
    )


def _choose(project: Project) -> None:
    project.choose_model(st.session_state[_MODEL], author=who())
