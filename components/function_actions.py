"""What Studio's buttons and keys do to functions: callbacks, which run before the page is drawn.

A run of the page is cut short wherever the next message comes in; a change made in its middle would
be lost then. A callback is not: it belongs to the message itself.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from components.drafts import (
    Document,
    begin,
    beginning,
    draft_base,
    drop_draft,
    forget_beginning,
    keep_draft,
    kept_draft,
    rebase_draft,
)
from components.exchange import Continued
from components.notice import say_next
from components.refusal import forget_refusal, keep_refusal
from components.run_anew import run_anew
from components.typed_preview import forget_preview
from components.who import who
from components.written import Fields, checked, fill_anew, fill_on, saved_as
from labeling.errors import LabelwrightError
from labeling.functions import LabelingFunction
from labeling.project import Project

_SAVES = "studio_saves"
_Save = tuple[Document, LabelingFunction, str, str]
"""What was edited, what was saved of it, and the revision and stamp of that."""


def pressed(change: Callable[..., None], *arguments: Any) -> None:
    """Make a change and run the whole page.

    Where a fragment has something to say in the same moment, the browser sends both as one message,
    and that would run the fragment alone.
    """
    change(*arguments)
    run_anew()


def open_function(name: str) -> None:
    """Open a saved function, or a new one for ""."""
    if st.session_state.get("studio_function") != name:
        st.session_state["studio_function"] = name
        begin_anew()


def save(project: Project, fields: Fields, opened: LabelingFunction | None) -> None:
    """Save what is written, in the place of the function that is open, if one is.

    That is also one whose first save the page was not drawn for yet.
    """
    note_saves()
    name = opened.name if opened else None
    if renamed := saved_as(fields):
        name, fields = renamed, replace(fields, document=fields.document._replace(opened=renamed))
    written, document, stamp = fields.written(), fields.document, fields.stamp()
    keep_edit(fields)
    forget_refusal()
    based_on = draft_base(document) if name else None
    saves: list[_Save] = st.session_state.setdefault(_SAVES, [])
    try:
        # From here on nothing touches the session, where the next message could end the callback,
        # until the save is noted in a list that is no part of it.
        function = checked(project, written)
        project.save_function(function, who(), replaces=name, based_on=based_on)
    except LabelwrightError as error:
        keep_refusal(fields, error)
        return
    saves.append((document, function, fields.revision, stamp))
    note_saves()


def note_saves() -> None:
    """Note in the session what saves have done, also one whose callback was cut short here."""
    saves: list[_Save] = st.session_state.get(_SAVES) or []
    while saves:
        document, function, revision, stamp = saves[0]
        saved = document._replace(opened=function.name)
        drop_draft(document)
        forget_beginning()
        begin(saved, function.source, function.version)
        forget_preview()
        st.session_state["studio_function"] = function.name
        if saved != document:
            _fill_renamed(saved, Continued(revision, stamp))
        say_next("Saved. Statistics follow at once.")
        saves.pop(0)


def _fill_renamed(document: Document, before: Continued) -> None:
    """Go on in the same fields: what is typed after the key that saves is not lost."""
    if kept_draft(document) is None:
        fill_on(document, before)
    else:
        fill_anew()  # something else was written under this name before, and is shown


def save_over(project: Project, fields: Fields, opened: LabelingFunction) -> None:
    """Save what is written over `opened`, which the author was told of."""
    rebase_draft(fields.document, opened.version)
    save(project, fields, opened)


def ask_for_preview() -> None:
    """Preview in the run that follows: it takes its time and changes nothing."""
    st.session_state["studio_wish"] = "preview"


def keep_edit(fields: Fields) -> None:
    """Keep what is written as a draft, also where the page is left in the same moment."""
    note_saves()  # what was saved is no draft, and what is written now began with it
    began = beginning(fields.document)
    if began is not None:
        keep_draft(fields.document, fields.written(), began.version)


def discard(document: Document) -> None:
    """Forget what was written and not saved."""
    drop_draft(document)
    begin_anew()


def begin_anew() -> None:
    """Fill the fields from what is open, and forget what was said of their old content."""
    forget_preview()
    forget_refusal()
    forget_beginning()
    fill_anew()


def remove(project: Project, opened: LabelingFunction) -> None:
    """Remove the open function, and remember it for `bring_back`."""
    try:
        project.remove_function(opened.name, who())
    except LabelwrightError as error:
        keep_refusal(None, error)
        return
    st.session_state["studio_removed"] = [opened.name, opened.kind, opened.source]
    open_function("")


def bring_back(project: Project) -> None:
    """Save the function that was removed last once more."""
    removed = LabelingFunction(*st.session_state["studio_removed"])
    try:
        project.put_function(removed, who())
    except LabelwrightError as error:
        keep_refusal(None, error)
        return
    del st.session_state["studio_removed"]
    open_function(removed.name)
