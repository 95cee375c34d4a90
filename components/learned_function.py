"""A labeling function that holds an end model's votes: how it is made, and how it is let in."""

import streamlit as st

from components.errors import errors_shown
from labeling.project import Project
from labeling.snapshot import FunctionState

_WHY = "it learned from the label model, which would hear its own voice"


def use_as_function(project: Project, *, ready: bool) -> None:
    """Draw the form that saves the end model's votes as a labeling function."""
    with st.expander("Use as a labeling function"), st.form("end-model-function", border=False):
        name = st.text_input("Name", "end_model", key="end-model-function-name")
        threshold = st.slider(
            "Votes where it is at least so sure", 0.0, 1.0, 0.9, 0.01, key="end-model-threshold"
        )
        st.caption(f"It stays out of the label model until it is accepted in Studio: {_WHY}.")
        if st.form_submit_button("Save as a labeling function", disabled=not ready):
            st.session_state.pop("end_model_saved_as", None)
            with errors_shown():
                project.use_end_model_as_function(name.strip(), float(threshold))
                # Kept, because the snapshot that follows draws the card once more.
                st.session_state["end_model_saved_as"] = name.strip()
        saved = st.session_state.get("end_model_saved_as")
        if saved is not None:
            st.text(f"✓ Saved as {saved}: its votes and figures are in Studio.")


def learned_bar(project: Project, state: FunctionState) -> None:
    """Say why the function is not in the label model, or who let it in."""
    if state.acceptance is not None:
        who = f" by {state.acceptance.author}" if state.acceptance.author else ""
        at = f"{state.acceptance.at:%Y-%m-%d %H:%M} UTC"
        st.text(f"! Accepted{who} on {at}, although {_WHY}.")
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(f"! Not in the label model: {_WHY}.", width="stretch")
        accepted = st.button(
            "Accept anyway",
            key="studio-accept-learned",
            help="Let this version make labels. What it adds is no evidence of its own.",
        )
    if accepted:
        with errors_shown():
            project.accept_function(state.function.name)
