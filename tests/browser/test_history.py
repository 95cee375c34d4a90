"""The project's history, as somebody uses it who removed the wrong function."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn, press
from tests.browser.test_studio import open_line
from tests.browser.test_whole_loop import forgive_probes, open_page


@pytest.mark.browser
def test_a_removed_function_is_undone(app: str, page: Page, console_errors: list[str]) -> None:
    """It is told by name, comes back with one click, and the log has both changes."""
    page.goto(f"{app}/history")
    expect(page.get_by_text("added login_trouble (python)")).to_be_visible()
    page.get_by_label("Your name").fill("ann")
    page.keyboard.press("Enter")
    open_page(page, "Studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    open_line(page, 0)
    expect(page.get_by_role("button", name="Remove", exact=True)).to_be_enabled()
    drawn(page)
    press(page, "Remove")
    expect(page.get_by_text("Removed login_trouble.")).to_be_visible()
    open_page(page, "History")
    expect(page.get_by_text("removed login_trouble", exact=True)).to_be_visible()
    expect(page.get_by_text("ann", exact=True)).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).first.click()
    expect(page.get_by_text("Undone: removed login_trouble.")).to_be_visible()
    expect(page.get_by_text("brought back login_trouble (python)")).to_be_visible()
    drawn(page)
    page.get_by_test_id("stPopover").get_by_role("button").first.click()
    expect(page.get_by_test_id("stPopoverBody").get_by_test_id("stCode")).to_contain_text("+def ")
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.get_by_role("button", name="Imports")).to_be_in_viewport(ratio=1)
    forgive_probes(console_errors)
