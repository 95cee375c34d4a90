"""Suggestions under the keyboard: a digit tries one, and typing into the editor tries none."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_loop import forgive_probes


@pytest.mark.browser
def test_a_digit_tries_a_suggestion(app: str, page: Page, console_errors: list[str]) -> None:
    """It stands in the editor, unsaved, with its preview; Save makes it a function."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    expect(page.get_by_text("Suggestions: press 1")).to_be_visible(timeout=60_000)
    page.keyboard.press("1")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    expect(page.get_by_text("Preview on all 2,000 rows, not saved:")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Unsaved changes")).to_have_count(0)
    expect(page.get_by_role("button", name="Remove", exact=True)).to_be_enabled()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_digits_typed_into_the_editor_are_text(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The keys of the suggestions are keys only where nothing is being written."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Suggestions: press 1")).to_be_visible(timeout=60_000)
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# 1234")
    expect(page.locator(".cm-content")).to_contain_text("# 1234")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    expect(page.get_by_text("Preview on all 2,000 rows")).to_be_visible()
    expect(page.locator(".cm-content")).to_contain_text("# 1234")
    page.get_by_text("Uncovered", exact=False).first.click()
    expect(page.get_by_text("Suggestions: press 1")).to_be_visible()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_a_click_on_a_row_finds_rows_like_it(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """By its text and by its votes, in every list of rows."""
    page.goto(f"{app}/data")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.get_by_role("option").first.click()
    expect(page.get_by_text("Nearly like row")).to_be_visible()
    expect(page.get_by_text("With the votes of row")).to_be_visible()
    forgive_probes(console_errors)
