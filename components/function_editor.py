"""The middle of Studio: write, preview and save one labeling function.

Session state holds plain values only: `studio_function`, the name of the open function ("" for a
new one), `studio_kind`, the kind of a new one, and `studio_revision`, which names the editor's
document. What is not saved is in `components.drafts`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from components.blank_functions import blank_function
from components.drafts import Document, draft_base, drop_draft, keep_draft, kept_draft
from components.editor import Completions, Diagnostic, code_editor, editor_text
from components.errors import errors_shown, show_error
from components.kind_forms import FORMS, filled_form, name_field
from components.preview_panel import forget_preview, preview_panel, run_preview
from components.run_report import marks_of, run_report
from components.save_conflict import mine_wins, offer_choice, show_theirs
from labeling.errors import FunctionChanged, FunctionError
from labeling.functions import LabelingFunction
from labeling.kinds import KINDS
from labeling.kinds.python import single_python_function
from labeling.ledger import worst_line
from labeling.project import Project

Wish = Literal["save", "preview"]
Read = Callable[[LabelingFunction], LabelingFunction]


@dataclass(frozen=True)
class _Draft:
    """What stands in the editor: a function or the reason why it is none, and a pressed key.

    `written` is what the editor says, be it valid or not.
    """

    written: LabelingFunction
    function: LabelingFunction | None
    error: FunctionError | None = None
    wish: Wish | None = None


def open_function(name: str) -> bool:
    """Open a saved function, or a new one for ""; tell whether that changes what is open."""
    if st.session_state.get("studio_function") == name:
        return False
    st.session_state["studio_function"] = name
    _next_revision()
    forget_preview()
    return True


def function_editor(project: Project) -> None:
    """Draw the editor of the open function."""
    saved = {function.name: function for function in project.functions()}
    opened = saved.get(str(st.session_state.get("studio_function") or ""))
    kind = opened.kind if opened else _kind_of_new()
    document = Document(project.folder.name, opened.name if opened else "", kind)
    base = _base(project, opened, kind)
    began = _begin(document, base, opened.version if opened else None)
    draft = _draft(project, document, kept_draft(document) or base)
    if kept_draft(document) is None and began[1] != (opened.version if opened else None):
        _follow(draft.written.source, [began[0], base.source])
    if draft.written == base:
        drop_draft(document)
    else:
        keep_draft(document, draft.written, began[1])
    with st.container(horizontal=True, vertical_alignment="center"):
        save = st.button("Save", type="primary", help="Ctrl-S in the editor")
        preview = st.button("Preview", help="Ctrl-Enter in the editor: run it without saving")
        new = st.button("New", disabled=opened is None, help="Start another function")
        remove = st.button("Remove", disabled=opened is None, help="It can be brought back")
    _say_unsaved(document)
    show_theirs()
    if save or mine_wins() or draft.wish == "save":
        _save(project, opened, draft, document)
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


def _base(project: Project, opened: LabelingFunction | None, kind: str) -> LabelingFunction:
    """Return what is not worth keeping as a draft: the saved function, or a blank one."""
    if opened is None:
        return blank_function(project, kind)
    return filled_form(project, opened) if kind in FORMS else opened


def _begin(
    document: Document, base: LabelingFunction, version: str | None
) -> tuple[str, str | None]:
    """Return the source and version that were saved when the fields were first filled."""
    kept = st.session_state.get("studio_began")
    if kept is None or kept[0] != tuple(document):
        kept = (tuple(document), base.source, version)
        st.session_state["studio_began"] = kept
    return kept[1], kept[2]


def _follow(written: str, unchanged: list[str]) -> None:
    """Show what somebody else saved meanwhile, unless something was changed here."""
    if written in unchanged:
        _next_revision()
        st.rerun()


def _draft(project: Project, document: Document, start: LabelingFunction) -> _Draft:
    """Draw the fields of one kind, filled from `start`."""
    revision = "/".join([*document, str(st.session_state.get("studio_revision", 0))])
    if document.kind in FORMS:
        return _checked(project, FORMS[document.kind](project, start, revision), lambda said: said)
    if document.kind == "sql":
        name = name_field(start.name, revision)
        st.text("A query over rows gives row_id and label.")
        start = replace(start, name=name)
        helpers: tuple[str, ...] = ("rows", "row_id", "label")
        return _code_draft(project, document, start, revision, helpers, lambda written: written)
    helpers = ("labeling_function", "ABSTAIN")
    return _code_draft(
        project,
        document,
        start,
        revision,
        helpers,
        lambda written: single_python_function(written.source),
    )


def _code_draft(
    project: Project,
    document: Document,
    start: LabelingFunction,
    revision: str,
    helpers: tuple[str, ...],
    read: Read,
) -> _Draft:
    """Draw the editor; `read` makes a function of what is written, or raises FunctionError."""

    def keep_edit() -> None:
        """Keep the newest text, also where the page is left in the same moment."""
        text = editor_text(start.source, revision=revision, key="studio-editor")
        keep_draft(document, replace(start, source=text), st.session_state["studio_began"][2])

    text = editor_text(start.source, revision=revision, key="studio-editor")
    found = _checked(project, replace(start, source=text), read)
    state = code_editor(
        start.source,
        revision=revision,
        key="studio-editor",
        language="sql" if document.kind == "sql" else "python",
        diagnostics=_diagnostics(project, found),
        completions=Completions(
            columns=tuple(column.name for column in project.readable_columns()),
            classes=project.info().classes,
            helpers=helpers,
        ),
        height=240 if document.kind == "sql" else 380,
        on_edit=keep_edit,
    )
    if state.saved is not None:
        return replace(_checked(project, replace(start, source=state.saved), read), wish="save")
    if state.previewed is not None:
        pressed = _checked(project, replace(start, source=state.previewed), read)
        return replace(pressed, wish="preview")
    return found


def _checked(project: Project, written: LabelingFunction, read: Read) -> _Draft:
    try:
        function = read(written)
        project.check_function(function)
    except FunctionError as error:
        return _Draft(written, None, error)
    return _Draft(written, function)


def _say_unsaved(document: Document) -> None:
    """Say that there is something to save, and offer to forget it."""
    if kept_draft(document) is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("• Unsaved changes", width="content")
        st.button("Discard", type="tertiary", on_click=_discard, args=(document,))


def _discard(document: Document) -> None:
    drop_draft(document)
    forget_preview()
    _next_revision()


def _next_revision() -> None:
    """Name the fields anew, so that they take what they start from."""
    st.session_state.pop("studio_began", None)
    st.session_state["studio_revision"] = int(st.session_state.get("studio_revision", 0)) + 1


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


def _save(
    project: Project, opened: LabelingFunction | None, draft: _Draft, document: Document
) -> None:
    if draft.function is None:
        _explain(draft)
        return
    with errors_shown():
        try:
            project.save_function(
                draft.function,
                replaces=opened.name if opened else None,
                based_on=draft_base(document),
            )
        except FunctionChanged as error:
            offer_choice(document, opened, error)
            return
        drop_draft(document)
        st.session_state.pop("studio_began", None)
        st.session_state["studio_function"] = draft.function.name
        forget_preview()
        if opened is None or opened.name != draft.function.name:
            _next_revision()
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
