"""Figures of each return beside its line in Studio, and the rows behind them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_loop import forgive_probes, write_python_function

SOURCE = """def branches(x):
    if "refund" in x.text:
        return "returns"
    if "parcel" in x.text:
        return "delivery"
    return ABSTAIN
"""


@pytest.mark.browser
def test_returns_are_counted_beside_their_lines(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """They come with the statistics, move with their lines, and a click or a key opens the rows."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    write_python_function(page, SOURCE)
    marks = page.locator(".cm-marks .mark")
    expect(marks).to_have_count(3)
    counts = [int(text.split(" ")[0].replace(",", "")) for text in marks.all_inner_texts()]
    assert sum(counts) == 2000
    assert marks.nth(1).get_attribute("title").startswith(f"Line 5 votes: {counts[1]:,} rows (")
    marks.nth(1).click()
    expect(page.get_by_text(f"Line 5 votes: {counts[1]:,} rows")).to_be_visible()
    expect(page.get_by_text(f"{counts[1]:,} of 2,000 rows")).to_be_visible()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("# one more line\n")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    expect(marks).to_have_count(3)
    line = page.locator(".cm-line", has_text='return "returns"').bounding_box()
    mark = marks.nth(0).bounding_box()
    assert line and mark and abs(line["y"] - mark["y"]) < 8
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Alt+Enter")
    expect(page.get_by_text(f"Line 3 votes: {counts[0]:,} rows")).to_be_visible()
    forgive_probes(console_errors)
