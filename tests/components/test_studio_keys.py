"""The list of Studio's keys: it has every key there is, and opens where nobody types."""

import re
from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from components.studio_keys import STUDIO_KEYS
from tests.browser.serving import REPOSITORY

SOURCES = REPOSITORY / "components" / "frontend" / "src"
SHOWN = {
    "Mod-s": "Ctrl-S", "Mod-Enter": "Ctrl-Enter", "Mod-Shift-z": "Ctrl-Shift-Z", "Tab": "Tab",
    "Alt-Enter": "Alt-Enter", "Alt-KeyN": "Alt-N", "Alt-Backspace": "Alt-Backspace",
    "Mod-S": "Ctrl-S", "Enter": "Enter or Space", " ": "Enter or Space",
    "ArrowUp": "↑ ↓", "ArrowDown": "↑ ↓", "Escape": "Esc", "?": "?", "str(number)": "1 – 9",
}  # fmt: skip
OF_CODEMIRROR = {"Ctrl-Space", "Esc, Tab", "Ctrl-Z", "Ctrl-F"}
OF_STREAMLIT = {"← ↑ → ↓"}


def keys_in(*folders: str) -> set[str]:
    """Return the keys that the browser code in these folders listens to."""
    texts = [path.read_text("utf-8") for one in folders for path in (SOURCES / one).glob("*.ts")]
    found = set(chain(*(re.findall(r'event\.key === "([^"]+)"', text) for text in texts)))
    for text in texts:
        found |= set(re.findall(r'\{ key: "([^"]+)"', text))
        found |= {f"Alt-{code}" for code in re.findall(r'event\.code === "([^"]+)"', text)}
        with_command = re.findall(r'command && event\.key\S* === "([^"]+)"', text)
        found -= set(with_command)
        found |= {f"Mod-{key}" for key in with_command}
    return found


def test_every_key_is_listed_and_every_listed_key_is_there() -> None:
    """Who adds one finds this test red until the list says what it does."""
    there = keys_in("editor", "builder", "rows", "keys")
    for path in (REPOSITORY / "components").glob("*.py"):
        if not path.name.startswith("review"):
            there |= set(re.findall(r"shortcut=([^,)]+\)?)", path.read_text("utf-8")))
    listed = set(chain(*STUDIO_KEYS.values()))
    assert {SHOWN[key] for key in there} | OF_CODEMIRROR | OF_STREAMLIT == listed


@pytest.mark.browser
def test_the_list_opens_and_closes_with_the_keyboard(page: Page, harness: str) -> None:
    """A question mark in a field is a question mark; the focus goes back to where it was."""
    page.goto(f"{harness}/?show=keys")
    keys = page.get_by_role("dialog", name="Keys of Studio")
    field = page.get_by_label("A field")
    field.click()
    page.keyboard.press("?")
    expect(field).to_have_value("?")
    expect(keys).to_be_hidden()
    opener = page.get_by_role("button", name="Keys")
    opener.focus()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("save it")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("Enter")
    expect(keys).to_be_visible()


@pytest.mark.browser
def test_a_key_with_ctrl_presses_its_button_wherever_the_focus_is(page: Page, harness: str) -> None:
    """Also where nothing has it, as after a suggestion; a field hands over what is in it."""
    page.goto(f"{harness}/?show=keys")
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("saved ''")).to_be_visible()
    field = page.get_by_label("A field")
    field.click()
    page.keyboard.type("half a name")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("saved 'half a name'")).to_be_visible()
    expect(field).to_be_focused()
