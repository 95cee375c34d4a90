"""A function without code as the Python function that votes the same, to read or to go on with."""

from dataclasses import replace

import streamlit as st

from components import function_actions as actions
from components.builder import BUILT_KINDS
from components.drafts import Document, beginning, drop_draft, keep_draft, kept_draft
from components.refusal import keep_refusal
from components.written import Fields, checked
from labeling.errors import FunctionError, LabelwrightError
from labeling.functions import LabelingFunction
from labeling.kinds.rule_python import python_of
from labeling.project import Project


def as_python(project: Project, fields: Fields, saved: LabelingFunction | None) -> None:
    """Draw the Python of what is written, folded away until somebody asks for it."""
    if fields.document.kind not in BUILT_KINDS:
        return
    with st.expander("The same in Python", key="studio-as-python"):
        try:
            function = _python_of(project, fields)
        except FunctionError as error:
            st.text(f"There is none yet: {error}")
            return
        st.code(function.source, language="python")
        st.button(
            "Go on in Python",
            key="studio-go-on-in-python",
            on_click=actions.pressed,
            args=(_go_on, project, fields, saved),
        )


def _python_of(project: Project, fields: Fields) -> LabelingFunction:
    """Return the Python of what is written, which may have no name yet."""
    written = fields.written()
    return python_of(checked(project, replace(written, name=written.name or "name_of_the_idea")))


def _go_on(project: Project, fields: Fields, saved: LabelingFunction | None) -> None:
    """Make what is written the draft of a Python function, in place of its form."""
    form = fields.document
    python = Document(form.project, form.opened, "python")
    try:
        function = _python_of(project, fields)
        if kept_draft(python) is not None:
            raise FunctionError(
                "There is unsaved Python code already.",
                where=form.opened or "New function",
                remedy="Save or discard that first.",
            )
    except LabelwrightError as error:
        keep_refusal(fields, error)
        return
    began = beginning(form)
    keep_draft(python, function, began.version if began else None)
    drop_draft(form)
    if saved is None:
        st.session_state["studio_kind"] = "python"
    actions.begin_anew()
