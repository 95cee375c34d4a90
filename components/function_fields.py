"""The fields of the open function: the builder, or the editor of Python and SQL."""

from dataclasses import replace
from functools import partial

import streamlit as st

from components import function_actions as actions
from components.builder import BUILT_KINDS, function_builder
from components.editor import Completions, Diagnostic, LineMark, code_editor
from components.kind_forms import model_facts, name_field
from components.palette import class_colors
from components.return_marks import ask_for_line, return_marks
from components.run_report import marks_of
from components.written import BUILDER, EDITOR, Fields, checked
from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds.python_hints import python_hints
from labeling.ledger import worst_line
from labeling.project import Project

_HEIGHTS = {"python": 380, "sql": 240}


def draw_fields(project: Project, fields: Fields, saved: LabelingFunction | None) -> None:
    """Draw the fields of a document; its keys save and preview, and each edit is kept."""
    kind = fields.document.kind
    if kind in BUILT_KINDS:
        _builder(project, fields, saved)
    elif kind == "model":
        model_facts(fields.start)
    else:
        _editor(project, fields, saved)


def _builder(project: Project, fields: Fields, saved: LabelingFunction | None) -> None:
    info = project.info()
    function_builder(
        fields.start,
        revision=fields.revision,
        continues=fields.continues,
        key=BUILDER,
        columns=project.readable_columns(),
        text_column=info.text_column,
        colors=class_colors(info.classes),
        problem=_problem(project, fields.written()),
        on_edit=lambda: actions.keep_edit(fields),
        on_save=lambda: actions.pressed(actions.save, project, fields, saved),
        on_preview=lambda: actions.pressed(actions.ask_for_preview),
    )


def _problem(project: Project, written: LabelingFunction) -> str:
    """Return what is wrong with the conditions; that the name is missing is said at Save."""
    try:
        project.check_function(replace(written, name=written.name or "new"))
    except FunctionError as error:
        return str(error)
    return ""


def _editor(project: Project, fields: Fields, saved: LabelingFunction | None) -> None:
    is_sql = fields.document.kind == "sql"
    if is_sql:
        name_field(fields.start.name, fields.revision)
        st.text("A query over rows gives row_id and label.")
    helpers = ("rows", "row_id", "label") if is_sql else ("labeling_function", "ABSTAIN")
    code_editor(
        fields.start.source,
        revision=fields.revision,
        continues=fields.continues,
        key=EDITOR,
        language="sql" if is_sql else "python",
        diagnostics=_diagnostics(project, fields),
        completions=Completions(
            columns=tuple(column.name for column in project.readable_columns()),
            classes=project.info().classes,
            helpers=helpers,
        ),
        marks=_marks(project, fields),
        height=_HEIGHTS[fields.document.kind],
        on_edit=lambda: actions.keep_edit(fields),
        on_save=lambda: actions.pressed(actions.save, project, fields, saved),
        on_preview=lambda: actions.pressed(actions.ask_for_preview),
        on_line=partial(ask_for_line, fields.document.opened),
    )


def _marks(project: Project, fields: Fields) -> list[LineMark] | None:
    """Return what the returns of the saved function do; None leaves them while it is edited."""
    written = fields.written()
    if fields.document.kind != "python" or not fields.document.opened:
        return []
    return return_marks(project, replace(written, name=fields.document.opened))


def _diagnostics(project: Project, fields: Fields) -> list[Diagnostic]:
    """Mark what is wrong with the text or, where it is the saved one, with its run, and slips."""
    try:
        function = checked(project, fields.written())
    except FunctionError as error:
        return [] if error.line is None else [Diagnostic(line=error.line, message=error.what)]
    return [*_of_run(project, fields, function), *_hints(project, function)]


def _hints(project: Project, function: LabelingFunction) -> list[Diagnostic]:
    """Mark what is probably a slip."""
    if function.kind != "python":
        return []
    columns = [column.name for column in project.readable_columns()]
    return [
        Diagnostic(hint.line, hint.message, "warning", hint.column, hint.end_column)
        for hint in python_hints(function, columns, project.info().classes)
    ]


def _of_run(project: Project, fields: Fields, function: LabelingFunction) -> list[Diagnostic]:
    """Mark where the run of what is saved went wrong."""
    state = project.snapshot().state(fields.document.opened)
    st.session_state["studio_marks"] = marks_of(project, state)
    if state is None or state.run is None or function != state.function:
        return []
    if state.run.failure is not None and state.run.failure_line is not None:
        return [Diagnostic(line=state.run.failure_line, message=state.run.failure)]
    found = worst_line(project.run_errors(state.function.name))
    return [Diagnostic(line=found[0], message=found[1])] if found else []
