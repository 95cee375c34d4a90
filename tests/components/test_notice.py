"""A word on what was done is seen although the page is run anew right after it."""

from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from components.notice import say_next, show_notice

if st.button("Do it"):
    say_next("Done.")
    st.rerun()
show_notice()
"""


def test_a_word_is_shown_once_by_the_run_that_follows() -> None:
    """It is there after the run that it asked for, and gone after another."""
    app = AppTest.from_string(SCRIPT).run()
    assert not app.toast
    app.button[0].click().run()
    assert [toast.value for toast in app.toast] == ["Done."]
    assert not app.run().toast
