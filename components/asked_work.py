"""Long work that a button asks for: done in the run after the press, with progress on the page.

A run is cut short wherever the next message comes in. What was asked for is kept until it is done,
so that the next run begins it again; that it is done is noted in a plain dict, where no message can
come between the work and the note, so nothing is done twice.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components.errors import show_error
from labeling.errors import LabelwrightError


def ask(what: str) -> None:
    """Ask for work, in a callback."""
    st.session_state[_name(what)] = {}


def outcome(what: str, of: object, work: Callable[[], object]) -> Any:
    """Do what was asked for and not done yet; return what came of it, None before that.

    `work` must leave nothing behind where it is cut short. An error of the user's is drawn as long
    as it is about the same inputs `of`.
    """
    asked = st.session_state.get(_name(what))
    if asked is None:
        return None
    if not asked:
        try:
            came = work()
        except LabelwrightError as error:
            asked["refused"] = (str(of), error.what, error.where, error.choices, error.remedy)
        else:
            asked["came"] = came
    if "refused" in asked:
        about, sentence, where, choices, remedy = asked["refused"]
        if about == str(of):
            show_error(LabelwrightError(sentence, where=where, choices=choices, remedy=remedy))
    return asked.get("came")


def forget(what: str) -> None:
    """Let go of what was asked for and came, so that it can be asked for again."""
    st.session_state.pop(_name(what), None)


def _name(what: str) -> str:
    return f"asked-{what}"
