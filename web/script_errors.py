"""What a visitor sees when a page fails: a sentence, never a traceback or markup."""

import logging

import streamlit as st

from components.errors import show_error
from labeling.errors import LabelwrightError

log = logging.getLogger(__name__)


def show_script_error(error: Exception) -> bool:
    """Show the error as text; faults that are not the user's go to the log with a traceback."""
    if isinstance(error, LabelwrightError):
        show_error(error)
    else:
        log.error("a page failed", exc_info=error)
        with st.container(border=True):
            st.text(f"This page failed: {type(error).__name__}. Nothing you saved is lost.")
            st.text("Reload the page; if it happens again, the server's log holds the details.")
    return True
