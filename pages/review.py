"""Review: how far annotators agree, and their differences, one after the other, to be settled."""

import streamlit as st

from components.live import live_snapshot
from components.review import agreement_panel, disagreements_panel
from components.review_people import people_panel
from labeling.project import Project


def show(project: Project) -> None:
    """Draw the page."""
    differences, figures = st.columns([1.2, 1], gap="large")
    with differences:
        _differences(project)
    with figures:
        _agreement(project)


@st.fragment
def _differences(project: Project) -> None:
    live_snapshot(project, key="review-live")
    disagreements_panel(project)


@st.fragment
def _agreement(project: Project) -> None:
    live_snapshot(project, key="review-agreement-live")
    agreement_panel(project)
    people_panel(project)
