"""Runs the page anew, and lets go first whatever came in before.

`st.rerun` names the page that runs, and the newest request decides which page is shown: where a
link to another page was clicked a moment before, it would turn back to this one. Any access to the
session is a place where Streamlit lets a waiting request go first.
"""

from typing import NoReturn

import streamlit as st


def run_anew() -> NoReturn:
    """End this run or callback; run the whole page, or the one that was asked for since."""
    st.session_state.get("notice")
    st.rerun()
    raise AssertionError("st.rerun came back")
