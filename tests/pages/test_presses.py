"""A press is never lost: a run of a page is cut short wherever the next message comes in."""

import ast
from pathlib import Path

from tests.browser.serving import REPOSITORY

BUTTONS = {"button", "form_submit_button"}


def buttons_without_callback(path: Path) -> list[str]:
    """Return the lines of buttons that act in the run after the press, if it gets that far."""
    calls = [one for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call)]
    return [
        f"{path.name}:{call.lineno}"
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in BUTTONS
        and "on_click" not in {keyword.arg for keyword in call.keywords}
    ]


def test_every_button_acts_in_a_callback() -> None:
    """A callback belongs to the message itself, and runs before the page does."""
    folders = (REPOSITORY / "pages", REPOSITORY / "components")
    sources = [path for folder in folders for path in folder.glob("*.py")]
    assert len(sources) > 50
    assert [line for path in sources for line in buttons_without_callback(path)] == []
