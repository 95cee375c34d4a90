"""Filters and slices, as somebody uses them who looks into one part of the data."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn, press
from tests.browser.test_whole_loop import forgive_probes, open_page


@pytest.mark.browser
def test_filters_become_a_slice_that_studio_knows(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Words are marked; a vote narrows further; the slice has figures and is there in Studio."""
    page.goto(f"{app}/data")
    expect(page.get_by_text("Up to date")).to_be_visible()
    drawn(page)
    page.get_by_label("Search the text").fill("refund")
    page.keyboard.press("Enter")
    expect(page.get_by_text(" of 2,000 rows")).to_be_visible()
    expect(page.locator("[data-row] mark").first).to_have_text("refund", ignore_case=True)
    before = page.get_by_text(" of 2,000 rows").inner_text()
    page.get_by_text("Columns, votes, confidence, and slices").click()
    press(page, "Add a vote")
    expect(page.get_by_text("No row is like that.")).to_be_visible()
    drawn(page)
    page.get_by_label("Function").last.focus()
    page.keyboard.type("refund_or_swap")
    page.keyboard.press("Enter")
    expect(page.get_by_text(" of 2,000 rows")).not_to_have_text(before)
    drawn(page)
    page.get_by_label("Save these filters as a slice").fill("refunds")
    page.keyboard.press("Tab")
    press(page, "Save")
    expect(page.get_by_text("Saved the slice refunds.")).to_be_visible()
    kept = page.get_by_text(" of 2,000 rows").inner_text().split()[0]
    expect(page.get_by_text(f"refunds: {kept} rows")).to_be_visible()
    drawn(page)
    open_page(page, "Studio")
    expect(page.get_by_label("Within the slice")).to_be_visible()
    forgive_probes(console_errors)
