"""A word on what was done, for the run that follows: `say_next` keeps it, `show_notice` shows it.

Streamlit drops what a run has drawn and not sent yet when the next run begins, so a toast right
before `st.rerun` is seen by chance only.
"""

import streamlit as st


def say_next(text: str) -> None:
    """Keep a word for the end of the next run of the page that is not cut short."""
    st.session_state["notice"] = text


def show_notice() -> None:
    """Show the word that was kept, once."""
    text = st.session_state.get("notice")
    if text:
        st.toast(text)
        del st.session_state["notice"]
