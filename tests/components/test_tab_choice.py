"""Tabs of rows: a click on tabs that the page has drawn anew since then still counts."""

import pytest
from streamlit.testing.v1 import AppTest


def script(clicked: str) -> None:
    """Draw tabs four times, with and without a preview, then click on those drawn first."""
    import streamlit as st

    from components.tab_choice import choice_of_tabs, keep_tab

    rows = {"hits": 0, "uncovered": 0}
    first, tab = choice_of_tabs({**rows, "preview": 1}, "f")
    st.session_state[first] = tab
    for asked in (rows, {**rows, "preview": 2}, rows):
        choice_of_tabs(asked, "f")
    st.session_state[first] = clicked
    keep_tab(first)
    st.session_state["now"] = choice_of_tabs(rows, "f")[1]


@pytest.mark.parametrize(("clicked", "now"), [("uncovered", "uncovered"), ("preview", "hits")])
def test_a_click_on_tabs_drawn_before_is_taken(clicked: str, now: str) -> None:
    """What was chosen there anyway is no click: the browser only has not heard of the new tabs."""
    app = AppTest.from_function(script, args=(clicked,)).run()
    assert not app.exception
    assert app.session_state["now"] == now
