"""Annotate: whoever asked for other rows labels them at once, without a hand on the mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_loop import forgive_probes


@pytest.mark.browser
def test_rows_of_a_search_are_labelled_right_after_asking_for_them(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The menu, then the search field have the focus; each Enter gives it to the card."""
    page.goto(f"{app}/annotate")
    expect(page.locator(".card .text")).to_be_visible()
    forgive_probes(console_errors)
    page.get_by_role("combobox", name="Which rows next").click()
    page.keyboard.type("search")
    page.keyboard.press("Enter")
    # Nothing is searched for yet, so there is no row.
    expect(page.locator(".card .text")).to_have_count(0)
    # A search that is refused leaves the card where it is, and its keys.
    page.locator("label").filter(has_text="Regex").click()
    page.get_by_label("Rows that contain").fill("invoice(")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is not a valid regular expression")).to_be_visible()
    page.get_by_label("Rows that contain").fill("invoice")
    page.keyboard.press("Enter")
    # One row in ten is drawn at random, and says so.
    expect(page.locator(".card .body")).to_contain_text(re.compile("invoice|Drawn at random", re.I))
    row = page.locator(".row-id").inner_text()
    page.keyboard.press("2")
    expect(page.locator(".last")).to_contain_text(row)
    expect(page.locator(".last")).to_contain_text("saved")
