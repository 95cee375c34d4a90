"""The versions of a function, as somebody uses them who wants yesterday's back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn, press
from tests.browser.test_whole_loop import forgive_probes


def save(page: Page, word: str) -> None:
    """Save the function `idea` so that it votes where a text has this word."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(
        f"def idea(x):\n    if '{word}' in x.text.lower():\n        return 'billing'\n"
    )
    drawn(page)
    press(page, "Save")
    expect(page.get_by_text("Saved. Statistics")).to_be_visible()
    expect(page.get_by_text("Up to date")).to_be_visible()
    drawn(page)


@pytest.mark.browser
def test_an_earlier_version_comes_back(app: str, page: Page, console_errors: list[str]) -> None:
    """Two versions are compared, a count opens its rows, and the first one is restored."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    drawn(page)
    save(page, "invoice")
    save(page, "refund")
    page.get_by_text("Versions (2)").click()
    diff = page.get_by_test_id("stCode")
    expect(diff).to_contain_text("-    if 'invoice' in x.text.lower():")
    expect(diff).to_contain_text("+    if 'refund' in x.text.lower():")
    gained = page.get_by_role("button", name="gained")
    count = gained.inner_text().split()[0].removeprefix("+")
    gained.click()
    rows = page.locator(".st-key-studio-rows-pane")
    expect(rows.get_by_text("idea, version 1 → 2: gained a vote")).to_be_visible()
    expect(rows.get_by_text(f"{count} of 2,000 rows")).to_be_visible()
    press(page, "Restore 1")
    expect(page.get_by_text("Versions (3)")).to_be_visible()
    expect(page.get_by_role("button", name="Restore 2")).to_be_visible()
    expect(page.locator(".cm-content")).to_contain_text("'invoice' in")
    forgive_probes(console_errors)
