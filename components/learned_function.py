"""A labeling function that holds an end model's votes: how it is made, and how it is let in."""

import streamlit as st

from components.attempts import attempt, show_refused
from components.who import who
from labeling.project import Project
from labeling.snapshot import FunctionState

_WHY = "it learned from the label model, which would hear its own voice"
_NAME, _THRESHOLD, _SAVED = "end-model-function-name", "end-model-threshold", "end_model_saved_as"


def use_as_function(project: Project, *, ready: bool) -> None:
    """Draw the form that saves the end model's votes as a labeling function."""
    with st.expander("Use as a labeling function"), st.form("end-model-function", border=False):
        st.text_input("Name", "end_model", key=_NAME)
        st.slider("Votes where it is at least so sure", 0.0, 1.0, 0.9, 0.01, key=_THRESHOLD)
        st.caption(f"It stays out of the label model until it is accepted in Studio: {_WHY}.")
        st.form_submit_button(
            "Save as a labeling function",
            disabled=not ready,
            on_click=attempt,
            args=("end-model-function", _save, project),
        )
        show_refused("end-model-function")
        # Kept, because the snapshot that follows draws the card once more.
        saved = st.session_state.get(_SAVED)
        if saved is not None:
            st.text(f"✓ Saved as {saved}: its votes and figures are in Studio.")


def _save(project: Project) -> None:
    st.session_state.pop(_SAVED, None)
    name = str(st.session_state[_NAME]).strip()
    project.end_model.use_as_function(name, float(st.session_state[_THRESHOLD]), who())
    st.session_state[_SAVED] = name


def learned_bar(project: Project, state: FunctionState) -> None:
    """Say why the function is not in the label model, or who let it in."""
    if state.acceptance is not None:
        who = f" by {state.acceptance.author}" if state.acceptance.author else ""
        at = f"{state.acceptance.at:%Y-%m-%d %H:%M} UTC"
        st.text(f"! Accepted{who} on {at}, although {_WHY}.")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(f"! Not in the label model: {_WHY}.", width="stretch")
        st.button(
            "Accept anyway",
            key="studio-accept-learned",
            help="Let this version make labels. What it adds is no evidence of its own.",
            on_click=attempt,
            args=("accept-learned", _accept, project, state.function.name),
        )
    show_refused("accept-learned")


def _accept(project: Project, name: str) -> None:
    project.accept_function(name, who())
