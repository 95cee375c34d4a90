"""The middle of Studio: write, preview and save one labeling function.

Session state holds plain values only: `studio_function`, the name of the open function ("" for a
new one), `studio_kind`, the kind of a new one, and `studio_revision`, which names the editor's
document.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components.editor import Completions, Diagnostic, Language, code_editor, editor_text
from components.errors import errors_shown, show_error
from components.kind_forms import FORMS, name_field
from components.preview_panel import forget_preview, preview_panel, run_preview
from components.run_report import marks_of, run_report
from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.kinds.python import single_python_function
from labeling.ledger import worst_line
from labeling.project import Project

Wish = Literal["save", "preview"]

_NEW_PYTHON = """@labeling_function()
def name_of_the_idea(x):
    if "word" in {row}.lower():
        return {label!r}
    return ABSTAIN
"""
_NEW_SQL = """SELECT row_id, {label} AS label
FROM rows
WHERE {column} ILIKE '%word%'
"""


@dataclass(frozen=True)
class _Draft:
    """What stands in the editor: a function or the reason why it is none, and a pressed key."""

    function: LabelingFunction | None
    error: FunctionError | None = None
    wish: Wish | None = None


def open_function(name: str) -> bool:
    """Open a saved function, or a new one for ""; tell whether that changes what is open."""
    if st.session_state.get("studio_function") == name:
        return False
    st.session_state["studio_function"] = name
    st.session_state["studio_revision"] = int(st.session_state.get("studio_revision", 0)) + 1
    forget_preview()
    return True


def function_editor(project: Project) -> None:
    """Draw the editor of the open function."""
    saved = {function.name: function for function in project.functions()}
    opened = saved.get(str(st.session_state.get("studio_function") or ""))
    kind = opened.kind if opened else _kind_of_new()
    revision = f"{project.folder.name}/{opened.name if opened else ''}/{kind}/"
    revision += str(st.session_state.get("studio_revision", 0))
    if kind in FORMS:
        draft = _form_draft(project, opened, kind, revision)
    elif kind == "sql":
        draft = _sql_draft(project, opened, revision)
    else:
        draft = _python_draft(project, opened, revision)
    with st.container(horizontal=True, vertical_alignment="center"):
        save = st.button("Save", type="primary", help="Ctrl-S in the editor")
        preview = st.button("Preview", help="Ctrl-Enter in the editor: run it without saving")
        new = st.button("New", disabled=opened is None, help="Start another function")
        remove = st.button("Remove", disabled=opened is None, help="It can be brought back")
    if save or draft.wish == "save":
        _save(project, opened, draft)
    elif preview or draft.wish == "preview":
        _preview(project, draft)
    elif new:
        open_function("")
        st.rerun()
    elif remove and opened is not None:
        _remove(project, opened)
    _offer_undo(project)
    preview_panel(project)
    if opened is not None:
        run_report(project, opened.name)


def _kind_of_new() -> str:
    kind = st.segmented_control(
        "Kind of the new function",
        list(KINDS),
        default="python",
        required=True,
        key="studio_kind",
        label_visibility="collapsed",
    )
    return kind or "python"


def _form_draft(
    project: Project, opened: LabelingFunction | None, kind: str, revision: str
) -> _Draft:
    try:
        return _Draft(FORMS[kind](project, opened, revision))
    except FunctionError as error:
        return _Draft(None, error)


def _python_draft(project: Project, opened: LabelingFunction | None, revision: str) -> _Draft:
    info = project.info()
    row = f"x.{info.text_column}" if info.text_column.isidentifier() else f"x[{info.text_column!r}]"
    start = opened.source if opened else _NEW_PYTHON.format(row=row, label=info.classes[0])
    helpers = ("labeling_function", "ABSTAIN")
    return _code_draft(project, start, revision, "python", helpers, single_python_function)


def _sql_draft(project: Project, opened: LabelingFunction | None, revision: str) -> _Draft:
    info = project.info()
    name = name_field(opened, revision)
    st.text("A query over rows gives row_id and label.")
    start = (
        opened.source
        if opened
        else _NEW_SQL.format(
            label=_quoted(info.classes[0], "'"), column=_quoted(info.text_column, '"')
        )
    )
    return _code_draft(
        project,
        start,
        revision,
        "sql",
        ("rows", "row_id", "label"),
        lambda source: LabelingFunction(name, "sql", source),
    )


def _quoted(name: str, quote: str) -> str:
    """Return a name as SQL writes it: a text in single quotes, a column in double ones."""
    return quote + name.replace(quote, 2 * quote) + quote


def _code_draft(
    project: Project,
    start: str,
    revision: str,
    language: Language,
    helpers: tuple[str, ...],
    read: Callable[[str], LabelingFunction],
) -> _Draft:
    """Draw the editor; `read` makes a function of its text, or raises FunctionError."""
    found = _checked(project, read, editor_text(start, revision=revision, key="studio-editor"))
    state = code_editor(
        start,
        revision=revision,
        key="studio-editor",
        language=language,
        diagnostics=_diagnostics(project, found),
        completions=Completions(
            columns=tuple(column.name for column in project.readable_columns()),
            classes=project.info().classes,
            helpers=helpers,
        ),
        height=380 if language == "python" else 240,
    )
    if state.saved is not None:
        return _wished(_checked(project, read, state.saved), "save")
    if state.previewed is not None:
        return _wished(_checked(project, read, state.previewed), "preview")
    return found


def _checked(project: Project, read: Callable[[str], LabelingFunction], source: str) -> _Draft:
    try:
        function = read(source)
        project.check_function(function)
    except FunctionError as error:
        return _Draft(None, error)
    return _Draft(function)


def _wished(draft: _Draft, wish: Wish) -> _Draft:
    return _Draft(draft.function, draft.error, wish)


def _diagnostics(project: Project, draft: _Draft) -> list[Diagnostic]:
    """Mark what is wrong with the text or, where it is the saved one, with its run."""
    if draft.error is not None:
        line = draft.error.line
        return [] if line is None else [Diagnostic(line=line, message=draft.error.what)]
    state = project.snapshot().state(str(st.session_state.get("studio_function") or ""))
    st.session_state["studio_marks"] = marks_of(state)
    if state is None or state.run is None or draft.function != state.function:
        return []
    if state.run.failure is not None and state.run.failure_line is not None:
        return [Diagnostic(line=state.run.failure_line, message=state.run.failure)]
    found = worst_line(project.run_errors(state.function.name))
    return [Diagnostic(line=found[0], message=found[1])] if found else []


def _save(project: Project, opened: LabelingFunction | None, draft: _Draft) -> None:
    if draft.function is None:
        _explain(draft)
        return
    with errors_shown():
        project.save_function(draft.function, replaces=opened.name if opened else None)
        st.session_state["studio_function"] = draft.function.name
        forget_preview()
        if opened is None or opened.name != draft.function.name:
            st.session_state["studio_revision"] = st.session_state.get("studio_revision", 0) + 1
        st.toast("Saved. Statistics follow at once.")
        st.rerun()


def _preview(project: Project, draft: _Draft) -> None:
    if draft.function is None:
        _explain(draft)
        return
    with errors_shown():
        run_preview(project, draft.function)


def _explain(draft: _Draft) -> None:
    if draft.error is not None:
        show_error(draft.error)


def _remove(project: Project, opened: LabelingFunction) -> None:
    with errors_shown():
        project.remove_function(opened.name)
        st.session_state["studio_removed"] = [opened.name, opened.kind, opened.source]
        open_function("")
        st.rerun()


def _offer_undo(project: Project) -> None:
    removed = st.session_state.get("studio_removed")
    if not removed:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Removed {removed[0]}.", width="content")
        if st.button("Bring it back"):
            del st.session_state["studio_removed"]
            with errors_shown():
                project.put_function(LabelingFunction(*removed))
                open_function(removed[0])
                st.rerun()
