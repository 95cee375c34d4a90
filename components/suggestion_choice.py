"""Whose label the annotation card suggests: the label model's, or the end model's."""

import streamlit as st

from labeling.export_labels import LabelsFrom
from labeling.project import Project

_NAMES: dict[LabelsFrom, str] = {"label-model": "label model", "end-model": "end model"}


def suggestion_choice(project: Project) -> LabelsFrom:
    """Draw the choice where there is one, and return what is chosen."""
    if project.snapshot().end_model.labels is None:
        return "label-model"
    chosen: LabelsFrom = st.selectbox(
        "Suggest from",
        list(_NAMES),
        format_func=lambda name: _NAMES[name],
        key="annotate-suggest-from",
        help="The end model has a suggestion for every row, uncovered ones too.",
        width=160,
    )
    if chosen == "end-model" and project.end_model.is_outdated():
        st.text("Trained on an earlier version: train it again on the Dashboard.")
    return chosen
