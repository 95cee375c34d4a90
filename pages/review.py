"""Review: how far annotators agree, and their differences, one after the other, to be settled."""

from collections.abc import Sequence

import streamlit as st

from components.batches_panel import batches_panel
from components.live import live_snapshot
from components.review import agreement_panel, disagreements_panel
from components.review_people import people_panel
from labeling.people.accounts import Accounts
from labeling.project import Project


def show(project: Project, accounts: Accounts | None = None) -> None:
    """Draw the page; without accounts a batch goes to any name."""
    name = project.folder.name
    people = accounts.annotators(name) if accounts is not None else None
    differences, figures = st.columns([1.2, 1], gap="large")
    with differences:
        _differences(project)
    with figures:
        _agreement(project, people)


@st.fragment
def _differences(project: Project) -> None:
    live_snapshot(project, key="review-live")
    disagreements_panel(project)


@st.fragment
def _agreement(project: Project, people: Sequence[str] | None) -> None:
    live_snapshot(project, key="review-agreement-live")
    agreement_panel(project)
    people_panel(project)
    batches_panel(project, people)
