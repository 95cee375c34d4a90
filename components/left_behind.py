"""Drafts of functions that somebody removed: no list leads to them, so they are named here."""

import streamlit as st

from components import function_actions as actions
from components.drafts import Document, drafts_without_function, drop_draft
from labeling.functions import LabelingFunction
from labeling.project import Project


def offer_left_behind(project: Project, edited: Document) -> None:
    """Name the drafts of removed functions, with a way to each but the one that is edited."""
    for document in _left_behind(project):
        if document == edited:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"Unsaved text of {document.opened}, which was removed.")
            st.button(
                "Open it",
                key=f"open-draft-{document}",
                on_click=actions.pressed,
                args=(actions.open_function, document.opened),
            )
            st.button(
                "Discard it",
                key=f"discard-draft-{document}",
                type="tertiary",
                on_click=actions.pressed,
                args=(drop_draft, document),
            )


def drafted_when_removed(project: Project, name: str) -> LabelingFunction | None:
    """Return a function that is gone as it was saved last, where a draft of it is kept."""
    kinds = {one.kind for one in _left_behind(project) if one.opened == name}
    if not kinds:
        return None
    versions = [version.function for version in project.function_history(name)]
    last_of_kind = (one for one in reversed(versions) if one.kind in kinds)
    return next(last_of_kind, versions[-1])  # a draft in Python may be of a function that was not


def _left_behind(project: Project) -> tuple[Document, ...]:
    saved = {function.name for function in project.functions()}
    return drafts_without_function(project.folder.name, saved)
