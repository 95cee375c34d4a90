"""The matrix of functions under the mouse: its switch, and the rows behind a cell."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_loop import forgive_probes


@pytest.mark.browser
def test_a_cell_shows_the_rows_of_its_two_functions(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Every shown row has votes of both; in the conflict view they differ."""
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    # The last figures to come: a chart that is drawn anew under the mouse takes no click.
    expect(page.get_by_text("What would be lost without each function")).to_be_visible(
        timeout=60_000
    )
    page.get_by_text("Conflict", exact=True).click()
    title = "where their votes differ"
    expect(page.get_by_test_id("stVegaLiteChart").filter(has_text=title)).to_be_visible()
    pane = page.locator(".st-key-dashboard-rows-pane")
    chart = page.get_by_test_id("stVegaLiteChart").filter(has_text=title)
    names = ("money_words", "parcel_words")
    both = "".join(f"[aria-label*='{name}']" for name in names)
    chart.locator(f"path[aria-roledescription='rect mark']{both}").first.click()
    expect(pane.get_by_text(" of 2,000 rows")).to_be_visible()
    row = pane.get_by_role("option").first
    for name in names:
        expect(row).to_contain_text(name)
    forgive_probes(console_errors)
