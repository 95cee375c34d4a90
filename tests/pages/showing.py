"""Runs one page in this process, and reads what it shows."""

import json
import time
from collections.abc import Mapping
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

_SCRIPT = """
from pages import {page}
from tests.pages import opened
{page}.show({arguments})
"""
_ARGUMENTS = {
    "data": "opened.workspace, opened.uploads.__getitem__, opened.project",
    "settings": "opened.workspace, opened.accounts, opened.project",
}


def shown(page: str, session: Mapping[str, Any] = {}) -> AppTest:
    """Run a page, which must not fail; `session` is what the browser or an earlier run left."""
    script = _SCRIPT.format(page=page, arguments=_ARGUMENTS.get(page, "opened.project"))
    app = AppTest.from_string(script, default_timeout=30)
    for key, value in session.items():
        app.session_state[key] = value
    return rerun(app)


def rerun(app: AppTest) -> AppTest:
    """Run a page once more, with the widgets as the test set them."""
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the one button with this label; a preview is waited for, which no browser hears of."""
    button(app, label).click()
    app = rerun(app)
    for _ in range(200):
        if label != "Preview" or "Running …" not in texts(app):
            break
        time.sleep(0.05)
        app = rerun(app)
    return app


def button(app: AppTest, label: str) -> Button:
    """Return the one button with this label."""
    (found,) = [one for one in app.button if one.label == label]
    return found


def texts(app: AppTest) -> str:
    """Return everything a page shows as plain text."""
    return "\n".join(str(element.value) for element in app.text)


def mounted(app: AppTest, component: str) -> dict[str, Any]:
    """Return what the page hands to the browser code of the first component of this name."""
    for element in app.get("bidi_component"):
        if element.proto.component_name == f"labelwright_{component}":
            handed: dict[str, Any] = json.loads(element.proto.json)
            return handed
    raise AssertionError(f"No {component} on the page.")


def tab_titles(app: AppTest) -> list[str]:
    """Return the tabs of Studio's rows with their counts."""
    return [f"{tab['title']} {tab['count']}".strip() for tab in mounted(app, "tabs")["tabs"]]


def open_tab(app: AppTest, tab: str) -> AppTest:
    """Click on a tab of Studio's rows, as the browser says it."""
    heard = mounted(app, "tabs")["heard"]
    app.session_state["studio-tabs"] = {"clicked": {"tab": tab, "number": heard + 1}}
    return rerun(app)


def shows(app: AppTest, component: str) -> bool:
    """Tell whether a component of this name is on the page."""
    name = f"labelwright_{component}"
    return any(element.proto.component_name == name for element in app.get("bidi_component"))


def row_texts(app: AppTest) -> list[str]:
    """Return the texts of the rows on the page."""
    return [row["text"] for row in mounted(app, "rows")["rows"]]
