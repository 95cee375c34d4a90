"""The middle of Studio: write, preview and save one labeling function.

Session state holds plain values only: `studio_function`, the name of the open function ("" for a
new one), `studio_kind`, the kind of a new one, and `studio_revision`, which names the editor's
document. What is not saved is in `components.drafts`; `components.function_actions` changes things.
"""

from dataclasses import dataclass

import streamlit as st

from components import function_actions as actions
from components.as_python import as_python
from components.blank_functions import blank_function
from components.drafts import (
    Document,
    begin,
    beginning,
    draft_of_kind,
    drop_draft,
    edited_document,
    forget_beginning,
    keep_draft,
    kept_draft,
)
from components.errors import errors_shown, show_error
from components.function_fields import draw_fields
from components.history_panel import history_panel
from components.kind_forms import FORM_KINDS, filled_form
from components.left_behind import drafted_when_removed, offer_left_behind
from components.pins_panel import pins_panel
from components.preview_panel import preview_panel
from components.refusal import refusal
from components.run_anew import run_anew
from components.run_report import run_report
from components.save_conflict import offer_choice
from components.typed_preview import follow_typing
from components.written import Fields, fields_of, fill_anew
from labeling.errors import FunctionChanged
from labeling.functions import LabelingFunction
from labeling.kinds import WRITTEN_KINDS
from labeling.project import Project


@dataclass(frozen=True)
class _Open:
    """What is open: a saved function, one that somebody else removed, or neither: a new one."""

    saved: LabelingFunction | None = None
    removed: LabelingFunction | None = None


@dataclass(frozen=True)
class Edited:
    """What stands in the editor, and the saved function that it is of; None for a new one."""

    fields: Fields
    saved: LabelingFunction | None


def function_editor(project: Project) -> Edited:
    """Draw the editor of the open function, and what its text would do."""
    actions.note_saves()
    # The buttons keep their place whatever is drawn above them: a click on one is not lost.
    with st.container():
        opened = _what_is_open(project)
        fields = _fields(project, opened)
    with st.container():
        draw_fields(project, fields, opened.saved)
    _keep_or_follow(fields, _base(project, opened, fields.document.kind), opened.saved)
    _buttons(project, fields, opened)
    with st.container():
        _say_removed(fields.document, opened)
        _say_unsaved(fields.document)
        _say_refusal(project, fields, opened.saved)
        _preview(project, fields)
        _offer_undo(project)
    preview_panel(project)
    return Edited(fields, opened.saved)


def about_function(project: Project, edited: Edited) -> None:
    """Draw what is known of the open function: what nobody waits for while typing."""
    as_python(project, edited.fields, edited.saved)
    offer_left_behind(project, edited.fields.document)
    if edited.saved is not None:
        pins_panel(project, edited.saved.name)
        run_report(project, edited.saved.name)
        history_panel(project, edited.saved.name)


def removed_elsewhere(project: Project) -> bool:
    """Tell whether somebody removed the function that is open here."""
    name = str(st.session_state.get("studio_function") or "")
    return bool(name) and name not in {function.name for function in project.functions()}


def _what_is_open(project: Project) -> _Open:
    name = str(st.session_state.get("studio_function") or "")
    saved = {function.name: function for function in project.functions()}
    if not name or name in saved:
        return _Open(saved=saved.get(name))
    removed = _edited_when_removed(project, name) or drafted_when_removed(project, name)
    if removed is None:
        st.text(f"There is no labeling function {name!r} in this project: write a new one here.")
        actions.open_function("")
        return _Open()
    return _Open(removed=removed)


def _edited_when_removed(project: Project, name: str) -> LabelingFunction | None:
    """Return a function that is gone as its edit here began, where it is still edited."""
    document = edited_document()
    if document is None or document[:2] != (project.folder.name, name):
        return None
    began = beginning(document)
    return LabelingFunction(name, document.kind, began.source) if began else None


def _fields(project: Project, opened: _Open) -> Fields:
    function = opened.saved or opened.removed
    kind = _kind_of(project, function) if function else _kind_of_new()
    document = Document(project.folder.name, function.name if function else "", kind)
    base = _base(project, opened, kind)
    begin(document, base.source, opened.saved.version if opened.saved else None)
    return fields_of(document, kept_draft(document) or base)


def _kind_of(project: Project, function: LabelingFunction) -> str:
    """Return the kind of what is edited: an edit that was accepted may be of another kind."""
    draft = draft_of_kind(project.folder.name, function.name)
    return draft.kind if draft else function.kind


def _kind_of_new() -> str:
    # No default beside it: who accepts a suggestion, or makes Python of a form, chooses here, too.
    st.session_state.setdefault("studio_kind", "python")
    kind = st.segmented_control(
        "Kind of the new function",
        WRITTEN_KINDS,
        required=True,
        key="studio_kind",
        label_visibility="collapsed",
        on_change=run_anew,  # a message that runs a fragment alone may bring the choice along
    )
    return kind or "python"


def _base(project: Project, opened: _Open, kind: str) -> LabelingFunction:
    """Return what is not worth keeping as a draft: the saved function, or a blank one."""
    function = opened.saved or opened.removed
    if function is None:
        return blank_function(project, kind)
    return filled_form(project, function) if function.kind in FORM_KINDS else function


def _keep_or_follow(fields: Fields, base: LabelingFunction, saved: LabelingFunction | None) -> None:
    """Keep what differs from the saved function; where nothing does, show what is saved by now."""
    document, written = fields.document, fields.written()
    began = begin(document, base.source, None)
    changed_elsewhere = saved is not None and began.version != saved.version
    unchanged = kept_draft(document) is None and written.source in (began.source, base.source)
    if changed_elsewhere and unchanged:
        forget_beginning()
        fill_anew()
        run_anew()
    if written == base:
        drop_draft(document)
    else:
        keep_draft(document, written, began.version)


def _buttons(project: Project, fields: Fields, opened: _Open) -> None:
    saved, nothing_open = opened.saved, opened == _Open()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Save",
            key="studio-save",
            type="primary",
            help="Ctrl-S in the editor",
            on_click=actions.pressed,
            args=(actions.save, project, fields, saved),
        )
        st.button(
            "Preview",
            key="studio-preview",
            help="Ctrl-Enter in the editor: run it without saving",
            on_click=actions.pressed,
            args=(actions.ask_for_preview,),
        )
        st.button(
            "New",
            key="studio-new",
            disabled=nothing_open,
            help="Start another function",
            on_click=actions.pressed,
            args=(actions.open_function, ""),
        )
        st.button(
            "Remove",
            key="studio-remove",
            disabled=saved is None,
            help="It can be brought back",
            on_click=actions.pressed,
            args=(actions.remove, project, saved),
        )


def _say_removed(document: Document, opened: _Open) -> None:
    """Say that somebody else removed the open function, and what can be done with its text."""
    st.session_state["studio_told_removed"] = opened.removed is not None
    if opened.removed is None:
        return
    with st.container(border=True):
        st.text(
            f"! {document.opened} was removed or renamed by another tab or person. What stands "
            "here is kept: Save makes it a function again, New leaves it."
        )


def _say_unsaved(document: Document) -> None:
    """Say that there is something to save, and offer to forget it."""
    if kept_draft(document) is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("• Unsaved changes", width="content")
        st.button(
            "Discard", type="tertiary", on_click=actions.pressed, args=(actions.discard, document)
        )


def _say_refusal(project: Project, fields: Fields, saved: LabelingFunction | None) -> None:
    """Say why the last press of a button did nothing, and what to choose between."""
    error = refusal(fields)
    if error is None:
        return
    if not isinstance(error, FunctionChanged):
        show_error(error)
    elif saved is not None:
        show_error(error)
        offer_choice(project, fields, saved)


def _preview(project: Project, fields: Fields) -> None:
    with errors_shown():
        wanted = st.session_state.get("studio_wish") == "preview"
        follow_typing(project, fields, wanted=wanted)
    st.session_state.pop("studio_wish", None)  # not before: a run cut short begins it again


def _offer_undo(project: Project) -> None:
    removed = st.session_state.get("studio_removed")
    if not removed:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Removed {removed[0]}.", width="content")
        st.button("Bring it back", on_click=actions.pressed, args=(actions.bring_back, project))
