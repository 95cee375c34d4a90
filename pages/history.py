"""History: every change of the project as one log, each with who, when, what, and a way back."""

import streamlit as st

from components.event_log import event_log
from labeling.project import Project


def show(project: Project) -> None:
    """Draw the page."""
    st.subheader("History", anchor=False)
    event_log(project)
