"""What annotators of a project may see beside a row."""

import streamlit as st

from components.attempts import attempt, show_refused
from components.who import who
from labeling.project import Project

_PLACE = "annotation-settings"


def annotation_settings(project: Project | None) -> None:
    """Draw the settings of the open project; nothing without one."""
    if project is None:
        return
    st.subheader("Annotating", anchor=False)
    allowed = project.votes_on_demand.allowed()
    # What another person chooses meanwhile gives the box another name: it shows that.
    field = f"settings-votes-{project.folder.name}-{allowed}"
    st.checkbox(
        "Annotators may look at the votes on a row (key V)",
        allowed,
        key=field,
        help="Votes are hidden until somebody asks for them. Without this, no vote is sent to "
        "the page at all, and every answer is blind. Suggestions stay as they are.",
        on_change=attempt,
        args=(_PLACE, _allow, project, field),
    )
    show_refused(_PLACE)


def _allow(project: Project, field: str) -> None:
    project.votes_on_demand.allow(bool(st.session_state[field]), who())
