"""Unsaved changes in Studio: kept while another function or page is open, one for each function.

They live in the session as plain strings; a reload of the browser begins a new session.
"""

from collections.abc import Collection
from typing import NamedTuple

import streamlit as st

from labeling.functions import LabelingFunction

_DRAFTS = "studio_drafts"
_BEGAN = "studio_began"
_Kept = tuple[str, str, str | None]


class Document(NamedTuple):
    """What is edited: a saved function by its name, or "" for the new one of a kind."""

    project: str
    opened: str
    kind: str


class Beginning(NamedTuple):
    """The source that the fields were first filled with, and the saved version it was."""

    source: str
    version: str | None


def begin(document: Document, source: str, version: str | None) -> Beginning:
    """Return how the edit of this document began, which is now where it is new."""
    known = beginning(document)
    if known is None:
        known = Beginning(source, version)
        st.session_state[_BEGAN] = (tuple(document), source, version)
    return known


def beginning(document: Document) -> Beginning | None:
    """Return how the edit of this document began; None where another one is edited."""
    kept = st.session_state.get(_BEGAN)
    return Beginning(*kept[1:]) if kept and kept[0] == tuple(document) else None


def edited_document() -> Document | None:
    """Return what is edited now."""
    kept = st.session_state.get(_BEGAN)
    return Document(*kept[0]) if kept else None


def forget_beginning() -> None:
    """Let the next run begin anew."""
    st.session_state.pop(_BEGAN, None)


def kept_draft(document: Document) -> LabelingFunction | None:
    """Return what was written and not saved."""
    kept = _drafts().get(tuple(document))
    return LabelingFunction(kept[0], document.kind, kept[1]) if kept else None


def draft_of_kind(project: str, opened: str) -> LabelingFunction | None:
    """Return what was written for a saved function, also where that is of another kind by now."""
    kinds = (kind for owner, name, kind in _drafts() if (owner, name) == (project, opened))
    drafts = (kept_draft(Document(project, opened, kind)) for kind in kinds)
    return next(filter(None, drafts), None)


def keep_draft(document: Document, written: LabelingFunction, based_on: str | None) -> None:
    """Keep what stands in the editor, and the version that it was first changed from."""
    kept = _drafts().get(tuple(document))
    _drafts()[tuple(document)] = (written.name, written.source, kept[2] if kept else based_on)


def draft_base(document: Document) -> str | None:
    """Return the version that the draft was first changed from; None for a new function."""
    kept = _drafts().get(tuple(document))
    return kept[2] if kept else None


def rebase_draft(document: Document, version: str | None) -> None:
    """Let the draft count as changed from this version."""
    name, source, _ = _drafts()[tuple(document)]
    _drafts()[tuple(document)] = (name, source, version)


def drop_draft(document: Document) -> None:
    """Forget what was written."""
    _drafts().pop(tuple(document), None)


def drafted_functions(project: str) -> frozenset[str]:
    """Return the names of the saved functions with unsaved changes."""
    return frozenset(opened for owner, opened, _ in _drafts() if owner == project and opened)


def drafts_without_function(project: str, saved: Collection[str]) -> tuple[Document, ...]:
    """Return what is drafted of functions that are not among the saved ones any more."""
    documents = (Document(*key) for key in _drafts())
    return tuple(
        one for one in documents if one.project == project and one.opened not in {"", *saved}
    )


def _drafts() -> dict[tuple[str, ...], _Kept]:
    drafts: dict[tuple[str, ...], _Kept] = st.session_state.setdefault(_DRAFTS, {})
    return drafts
