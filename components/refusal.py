"""Why the last press of a button in Studio did nothing: kept until what is written changes.

Session state holds plain values only: the parts of the error, and what was written.
"""

from typing import Any

import streamlit as st

from components.written import Fields
from labeling.errors import FunctionChanged, LabelwrightError

_KEPT = "studio_refusal"


def keep_refusal(fields: Fields | None, error: LabelwrightError) -> None:
    """Keep the error of what is written in these fields, or of none of them."""
    st.session_state[_KEPT] = {
        "of": _named(fields) if fields else None,
        "error": (error.what, error.where, error.choices, error.remedy),
        "conflict": isinstance(error, FunctionChanged),
    }
    st.session_state.pop("studio_theirs", None)


def refusal(fields: Fields) -> LabelwrightError | None:
    """Return the error that still holds: FunctionChanged where somebody else saved meanwhile."""
    kept = st.session_state.get(_KEPT)
    if kept is None or kept["of"] not in (None, _named(fields)):
        return None
    what, where, choices, remedy = kept["error"]
    tree = FunctionChanged if kept["conflict"] else LabelwrightError
    return tree(what, where=where, choices=choices, remedy=remedy)


def forget_refusal() -> None:
    """Drop it: something else was asked for."""
    st.session_state.pop(_KEPT, None)


def _named(fields: Fields) -> tuple[Any, ...]:
    written = fields.written()
    return (*fields.document, written.name, written.source)
