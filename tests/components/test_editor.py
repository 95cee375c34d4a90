"""The code editor in a real browser."""

import json
import time

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LETTERS = """line => {
  const found = [];
  const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (let at = 0; at < text.length; at += 1) {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const { left, top } = range.getBoundingClientRect();
      found.push({ left, top: Math.round(top) });
    }
  }
  return found;
}"""
"""Where each letter of a line stands."""


def open_editor(page: Page, harness: str, text: str = "") -> None:
    page.goto(f"{harness}/?show=editor&text={text}")
    page.locator(".cm-content").click()


def printed(page: Page, name: str) -> str:
    return page.locator(f".st-key-out-{name}").inner_text()


def test_typing_loses_nothing_beside_a_fragment_that_refreshes(page: Page, harness: str) -> None:
    """180 characters typed while a fragment reruns five times a second all arrive, in order."""
    open_editor(page, harness)
    typed = "rows cost nothing to read again " * 5 + "and every letter counts"
    typed = typed[:180].ljust(180, "z")
    before = int(printed(page, "ticks"))
    page.keyboard.type(typed, delay=8)
    expect(page.locator(".st-key-out-text")).to_have_text(typed)
    assert page.locator(".cm-content").inner_text() == typed
    assert int(printed(page, "ticks")) > before


def test_save_and_preview_deliver_the_text_of_that_moment(page: Page, harness: str) -> None:
    """Ctrl-S right after the last letter saves it, too; once for each press."""
    open_editor(page, harness)
    page.keyboard.type("first")
    page.keyboard.press("Control+s")
    expect(page.locator(".st-key-out-saves")).to_have_text(json.dumps(["first"]))
    page.keyboard.type(" second")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".st-key-out-previewed")).to_have_text("first second")
    page.keyboard.press("Control+s")
    expect(page.locator(".st-key-out-saves")).to_have_text(json.dumps(["first", "first second"]))


def test_saving_an_unedited_document_delivers_its_text(page: Page, harness: str) -> None:
    """Ctrl-S works before anything is typed."""
    open_editor(page, harness, "example")
    page.keyboard.press("Control+s")
    expect(page.locator(".st-key-out-saves")).to_contain_text("asks_for_money")


def test_diagnostics_follow_the_newest_text(page: Page, harness: str) -> None:
    """A bad line gets a squiggle and a gutter mark, which go when the line is mended."""
    open_editor(page, harness)
    page.keyboard.type("fine\nBAD")
    expect(page.locator(".cm-lintRange-error")).to_have_text("BAD")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    page.keyboard.press("Backspace")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)


def test_only_a_new_revision_replaces_the_text(page: Page, harness: str) -> None:
    """Reruns leave the text alone; opening another document shows that one."""
    open_editor(page, harness)
    page.keyboard.type("mine")
    expect(page.locator(".st-key-out-text")).to_have_text("mine")
    page.get_by_role("button", name="Open another document").click()
    expect(page.locator(".cm-content")).to_have_text("")
    expect(page.locator(".st-key-out-text")).to_have_text("")


def test_completion_offers_columns_and_class_names(page: Page, harness: str) -> None:
    """After `x.` come the columns that are identifiers; after `return` the quoted class names."""
    open_editor(page, harness)
    page.keyboard.type("def f(x):\nx.")
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options).to_have_text(["starscolumn", "textcolumn"])
    # CodeMirror takes no key for a moment after the list appears.
    time.sleep(0.2)
    page.keyboard.press("Tab")
    page.keyboard.type("\nreturn de")
    expect(options.first).to_have_text('"delivery"class')
    expect(page.locator(".st-key-out-text")).to_contain_text("x.stars")
    page.keyboard.press("Escape")
    page.keyboard.type("\nreturn AB")
    expect(options.first).to_have_text("ABSTAIN")


@pytest.mark.parametrize("words", ["# as in x.", '"""As in AB', 'y = "AB'])
def test_nothing_is_completed_in_comments_and_texts(page: Page, harness: str, words: str) -> None:
    """Neither a column nor a helper is meant there; below it is."""
    open_editor(page, harness)
    page.keyboard.type(f"def f(x):\n{words}")
    expect(page.locator(".st-key-out-text")).to_contain_text(words)
    page.wait_for_timeout(300)
    options = page.locator(".cm-tooltip-autocomplete li")
    expect(options).to_have_count(0)
    page.keyboard.type('"""' if words.startswith('"""') else "")
    page.keyboard.type("\nx.")
    expect(options).to_have_text(["starscolumn", "textcolumn"])


def test_enter_is_a_new_line_while_completions_are_offered(page: Page, harness: str) -> None:
    """A word that is also the beginning of others stays as it was typed."""
    open_editor(page, harness)
    page.keyboard.type("fine")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    time.sleep(0.2)
    page.keyboard.press("Enter")
    page.keyboard.type("done")
    expect(page.locator(".st-key-out-text")).to_have_text("fine\ndone")


def test_tab_indents_and_leaves_after_escape(page: Page, harness: str) -> None:
    """Whoever uses only a keyboard can leave the editor."""
    open_editor(page, harness)
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    expect(page.locator(".st-key-out-text")).to_have_text("7")
    assert page.locator(".cm-content").inner_text() == "    7"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()


def test_a_long_line_goes_on_below_its_beginning(page: Page, harness: str) -> None:
    """All of a function is seen in a narrow column, and which line is part of which block."""
    open_editor(page, harness)
    page.keyboard.insert_text("def f(x):\n    return " + " or ".join(["x.text"] * 40))
    scroller = page.locator(".cm-scroller")
    assert scroller.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    letters = page.locator(".cm-line").nth(1).evaluate(LETTERS)
    width = letters[1]["left"] - letters[0]["left"]
    begins, top = letters[len("    ")]["left"], letters[0]["top"]
    below = [letter["left"] for letter in letters if letter["top"] > top]
    assert below
    assert min(below) == pytest.approx(begins + 2 * width, abs=1)


def test_streamlit_shortcuts_do_not_fire_while_typing(page: Page, harness: str) -> None:
    """R and C rerun and clear elsewhere on the page; in the editor they are letters."""
    open_editor(page, harness)
    before = int(printed(page, "runs"))
    page.keyboard.type("rrrrccccrrrr", delay=30)
    expect(page.locator(".st-key-out-text")).to_have_text("rrrrccccrrrr")
    assert int(printed(page, "runs")) - before <= 2
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_colours_follow_a_live_switch_of_the_theme(page: Page, harness: str) -> None:
    """The editor turns dark with the page, without a reload and with its text kept."""
    open_editor(page, harness)
    page.keyboard.type("kept")
    frame = page.locator(".frame")
    light = frame.evaluate("frame => getComputedStyle(frame).backgroundColor")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "([frame, light]) => getComputedStyle(frame).backgroundColor !== light",
        arg=[frame.element_handle(), light],
    )
    assert page.locator(".cm-content").inner_text() == "kept"
