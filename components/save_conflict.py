"""What to do where somebody else saved the function that is edited here: look, or save over it."""

import streamlit as st

from components.function_actions import pressed, save_over
from components.kind_forms import FORM_KINDS, in_words
from components.written import Fields
from labeling.functions import LabelingFunction
from labeling.project import Project


def offer_choice(project: Project, fields: Fields, opened: LabelingFunction) -> None:
    """Let the author choose between what somebody else saved and what is written here."""
    with st.container(horizontal=True):
        st.button("Show theirs", on_click=pressed, args=(_ask_for_theirs,))
        st.button("Save mine over it", on_click=pressed, args=(save_over, project, fields, opened))
    if st.session_state.get("studio_theirs"):
        _show_theirs(opened)


def _ask_for_theirs() -> None:
    st.session_state["studio_theirs"] = True


def _show_theirs(theirs: LabelingFunction) -> None:
    """Draw what somebody else saved as its form shows it, or its code."""
    with st.container(border=True):
        st.text("The saved version, until you save yours:")
        if theirs.kind in FORM_KINDS:
            st.text(in_words(theirs))
        else:
            st.code(theirs.source, language=None)
