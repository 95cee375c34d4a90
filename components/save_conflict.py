"""What to do where somebody else saved the function that is edited here: look, or save over it."""

import streamlit as st

from components.drafts import Document, rebase_draft
from components.errors import show_error
from labeling.errors import FunctionChanged
from labeling.functions import LabelingFunction


def offer_choice(
    document: Document, opened: LabelingFunction | None, error: FunctionChanged
) -> None:
    """Let the author choose between what somebody else saved and what is written here."""
    show_error(error)
    with st.container(horizontal=True):
        st.button("Show theirs", on_click=_ask_for_theirs, args=(opened,))
        st.button("Save mine over it", on_click=_save_mine, args=(document, opened))


def mine_wins() -> bool:
    """Tell, once, that the author chose to save over what somebody else saved."""
    return bool(st.session_state.pop("studio_save_mine", False))


def show_theirs() -> None:
    """Draw what somebody else saved, below what is written here."""
    theirs = st.session_state.pop("studio_theirs", None)
    if theirs is not None:
        st.text("The saved version, until you save yours:")
        st.code(theirs, language=None)


def _ask_for_theirs(opened: LabelingFunction | None) -> None:
    st.session_state["studio_theirs"] = opened.source if opened else ""


def _save_mine(document: Document, opened: LabelingFunction | None) -> None:
    """Let the draft follow the version just seen, and save it in the run that follows."""
    rebase_draft(document, opened.version if opened else None)
    st.session_state["studio_save_mine"] = True
