"""The error box: what, where, the valid choices and the next step, always as plain text."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from labeling.errors import LabelwrightError


def show_error(error: LabelwrightError) -> None:
    """Draw one error."""
    with st.container(border=True, key=None):
        st.text(f"✗ {error.where}: {error.what}" if error.where else f"✗ {error.what}")
        if error.choices:
            st.text(f"Valid choices: {', '.join(error.choices)}")
        if error.remedy:
            st.text(error.remedy)


@contextmanager
def errors_shown() -> Iterator[None]:
    """Show an error of the user's in place, and go on with the page."""
    try:
        yield
    except LabelwrightError as error:
        show_error(error)
