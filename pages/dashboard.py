"""Dashboard: what the functions and the label model achieve, live; a click shows the rows.

It has three parts, each drawn anew with what it shows: the figures, the rows beside them, and what
takes longer to work out or changes seldom. With many pages open, all of them have their figures
before the first one has the rest.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from components.dashboard_charts import balance, calibrated, confidence, errors, history
from components.dashboard_rows import dashboard_rows
from components.end_model_card import end_model_card
from components.function_chart import functions
from components.headline import headline
from components.held_out_card import held_out_card
from components.listener import After, Follows, live_version
from components.live import live_activity
from components.live_parts import begin_parts, live_part, shown_version
from components.marks import ROWS
from components.pair_matrix import marginal_table, needs_width, pair_matrix
from components.turns import turn
from labeling.project import Project
from labeling.snapshot import Snapshot

_FIGURES, _BESIDE = "dashboard-figures", "dashboard-beside"
_PARTS: Mapping[str, Follows] = {_FIGURES: "figures", ROWS: "figures", _BESIDE: "beside"}
"""What each part follows, in the order in which they are drawn."""
_FIGURES_FIRST = After(a_page=0.018, least=0.25, most=0.5)
"""So long all open pages have to draw their figures before one asks for its rows."""


def show(project: Project) -> None:
    """Draw the page."""
    begin_parts(project, ["beside"], after=_FIGURES_FIRST)
    wide, rows = st.columns([2.1, 1], gap="large")
    with wide:
        _figures(project)
        _beside(project)
    with rows, st.container(key="dashboard-rows-pane"):
        _rows(project)


@st.fragment(key=_FIGURES)
def _figures(project: Project) -> None:
    with _part(project, _FIGURES) as snapshot:
        # They ask for themselves, for a run of other fragments begins with one that ends early.
        name, key = project.folder.name, f"{_FIGURES}-live"
        live_version(name, key=key, seen=snapshot.figures, follows=["figures"])
        headline(project, snapshot)
        live_activity(project, key="dashboard-activity")
        if not snapshot.functions:
            st.text("No labeling function yet: write one in Studio, and its figures appear here.")
            return
        functions(snapshot)
        left, right = st.columns(2, gap="large")
        with left:
            balance(snapshot)
            confidence(snapshot)
        with right:
            errors(snapshot)
            calibrated(snapshot)


@st.fragment(key=ROWS)
def _rows(project: Project) -> None:
    with _part(project, ROWS) as snapshot:
        if snapshot.functions:
            dashboard_rows(project, snapshot)


@st.fragment(key=_BESIDE)
def _beside(project: Project) -> None:
    with _part(project, _BESIDE) as snapshot:
        if not snapshot.functions:
            return
        left, right = st.columns(2, gap="large")
        # Parts that may not be there have a place of their own, else others move when they come.
        with st.container() if needs_width(snapshot) else right.container():
            pair_matrix(snapshot)
        with left:
            history(project)
            held_out_card(project, snapshot)
        with right:
            end_model_card(project, snapshot)
        with st.container():  # half of the width has no room for long names and its figures
            marginal_table(project)


@contextmanager
def _part(project: Project, key: str) -> Iterator[Snapshot]:
    """Wait for the turn of a part of the page."""
    follows, shown = _PARTS[key], shown_version(key)
    clicked = shown == getattr(project.snapshot(), follows)  # nothing newer is to be shown
    with turn() if clicked else turn([*_PARTS].index(key), shows=shown):
        yield live_part(project, key, follows)
