"""What the browser says of a document that it edits: the Python side of `shared/exchange.ts`.

The browser owns a document while a person types; Python replaces it only by naming a new
`revision`. Comparing texts instead would lose what is typed while a rerun is under way.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

TRIGGERS = ("left", "preview", "save")


@dataclass(frozen=True)
class Edit:
    """The newest text the browser sent, with the stamp that names that state of the document."""

    text: str
    stamp: str


@dataclass(frozen=True)
class Continued:
    """What a new revision goes on from, where it is the same document under another name.

    The browser then keeps its document, caret and history, and what was typed after `stamp`.
    """

    revision: str
    stamp: str


def newest_edit(text: str, revision: int | str, key: str) -> Edit:
    """Return the newest text; what comes with a key or a loss of focus is never older than `edit`.

    It can be newer: of several messages that wait, Streamlit keeps the triggers of all, but the
    states of the last.
    """
    state = st.session_state.get(key) or {}
    found = Edit(text, "")
    for name in ("edit", *TRIGGERS):
        found = newest(state.get(name), revision, found)
    return found


def newest(sent: object, revision: int | str, otherwise: Edit) -> Edit:
    """Return what the browser sent, unless it belongs to another revision of the document."""
    if isinstance(sent, Mapping) and sent.get("revision") == str(revision):
        return Edit(str(sent["text"]), str(sent["stamp"]))
    return otherwise


def no_callback() -> None:
    """Declare a state or trigger, so that Streamlit always returns it."""
