"""Tabs of rows: a click counts, whatever has come and gone since the tabs were drawn."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest


def script(steps: "list[dict[str, Any]]") -> None:
    """Draw the tabs of each step, clicked or asked for as it says; keep what was chosen."""
    import streamlit as st

    from components.tabs import Tab, tabs

    step = steps[st.session_state.setdefault("step", 0)]
    shown = {name: Tab(name, 7, asked) for name, asked in step["tabs"].items()}
    st.session_state["now"] = tabs("Rows", shown, about=step.get("about"), first="hits", key="t")


def chosen(*steps: Mapping[str, Any]) -> list[str]:
    """Return the tab that is chosen at each step."""
    app = AppTest.from_function(script, args=([dict(one) for one in steps],))
    found = []
    for number, step in enumerate(steps):
        app.session_state["step"] = number
        if "clicked" in step:
            tab, click = step["clicked"]
            app.session_state["t"] = {"clicked": {"tab": tab, "number": click}}
        app.run()
        assert not app.exception
        found.append(str(app.session_state["now"]))
        handed = json.loads(app.get("bidi_component")[0].proto.json)
        assert handed["chosen"] == found[-1]
    return found


ROWS = {"hits": 0, "uncovered": 0}


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([{"tabs": ROWS}, {"tabs": ROWS, "clicked": ("uncovered", 1)}], ["hits", "uncovered"]),
        ([{"tabs": {**ROWS, "preview": 1}}, {"tabs": ROWS}], ["preview", "hits"]),
        # Heard already, so the second time it says nothing new.
        (
            [
                {"tabs": ROWS, "clicked": ("uncovered", 1)},
                {"tabs": {**ROWS, "preview": 1}, "clicked": ("uncovered", 1)},
                {"tabs": {**ROWS, "preview": 1}, "clicked": ("uncovered", 1)},
            ],
            ["uncovered", "preview", "preview"],
        ),
        # A click in the moment in which something else asks for a tab is the newer one.
        (
            [{"tabs": ROWS}, {"tabs": {**ROWS, "preview": 1}, "clicked": ("uncovered", 1)}],
            ["hits", "uncovered"],
        ),
        # The clicked tab was gone by then.
        (
            [{"tabs": {**ROWS, "preview": 1}}, {"tabs": ROWS, "clicked": ("preview", 1)}],
            ["preview", "hits"],
        ),
        (
            [
                {"tabs": ROWS, "about": "f", "clicked": ("uncovered", 1)},
                {"tabs": ROWS, "about": "g", "clicked": ("uncovered", 1)},
            ],
            ["uncovered", "hits"],
        ),
    ],
    ids=["clicked", "gone", "asked for since", "both", "clicked and gone", "another function"],
)
def test_a_tab_is_chosen_by_a_click_or_by_what_asks_for_it(
    steps: list[dict[str, Any]], found: list[str]
) -> None:
    assert chosen(*steps) == found
