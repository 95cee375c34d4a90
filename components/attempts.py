"""Changes that a button makes: in a callback, which no message that comes in meanwhile cuts short.

Session state keeps the parts of the error that an attempt ended with, until the next one at its
place.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components.errors import show_error
from components.run_anew import run_anew
from labeling.errors import LabelwrightError


def attempt(place: str, change: Callable[..., object], *arguments: Any) -> None:
    """Make a change, keep the error where it cannot be made, and run the whole page."""
    refused = None
    try:
        change(*arguments)
    except LabelwrightError as error:
        refused = (error.what, error.where, error.choices, error.remedy)
    st.session_state[_name(place)] = refused
    run_anew()


def show_refused(place: str) -> None:
    """Say why the last attempt at this place changed nothing, if it did not."""
    refused = st.session_state.get(_name(place))
    if refused is not None:
        what, where, choices, remedy = refused
        show_error(LabelwrightError(what, where=where, choices=choices, remedy=remedy))


def _name(place: str) -> str:
    return f"refused-{place}"
