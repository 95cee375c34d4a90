"""Tests of a function, as somebody writes them who has found a row that must not change."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn, press
from tests.browser.test_studio import open_line
from tests.browser.test_whole_loop import forgive_probes


@pytest.mark.browser
def test_a_pinned_row_fails_when_the_function_changes(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """A click on a hit pins it; a change that loses it shows what fails without a further step."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    drawn(page)
    open_line(page, 0)
    expect(page.get_by_role("button", name="Remove", exact=True)).to_be_enabled()
    drawn(page)
    page.locator(".st-key-studio-rows-pane [data-row]").first.click()
    press(page, "Pin as a test")
    expect(page.get_by_text("Tests: ✓ 1")).to_be_visible()
    drawn(page)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("def login_trouble(x):\n    return ABSTAIN\n")
    drawn(page)
    press(page, "Save")
    expect(page.get_by_text("Tests: ✗ 1")).to_be_visible()
    expect(page.get_by_text("should be account, votes abstain")).to_be_visible()
    forgive_probes(console_errors)
