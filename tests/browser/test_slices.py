"""Filters and slices, as somebody uses them who looks into one part of the data."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.late_answers import LateAnswers
from tests.browser.test_clicks import drawn, press
from tests.browser.test_whole_loop import forgive_probes, open_page

_FOCUS_WHILE_IT_OPENS = """async (details) => {
  details.querySelector("summary").click();
  while (details.style.overflow !== "hidden") await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  details.querySelector("button").focus();
  return details.scrollTop;
}"""


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


@pytest.mark.browser
def test_a_choice_counts_while_figures_come_in(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """An open list stays open; what a run draws that began before a choice does not undo it."""
    late = LateAnswers(page)
    page.goto(f"{app}/data")
    expect(page.get_by_text("Up to date")).to_be_visible()
    studio = page.context.new_page()
    studio.goto(f"{app}/studio?function=money_words")
    expect(studio.get_by_text("Up to date")).to_be_visible()
    drawn(page)

    late.hold()
    _save_words(studio, "refund")
    page.wait_for_timeout(1_500)
    drawn_before = len(late)
    assert drawn_before, "the figures were not drawn"
    order = page.get_by_role("combobox", name="Order")
    order.click()
    late.release(drawn_before // 2)
    page.wait_for_timeout(300)
    page.get_by_role("option", name="Most disputed first").click()
    page.wait_for_timeout(500)
    late.release(drawn_before - drawn_before // 2)
    page.wait_for_timeout(500)
    expect(order).to_have_value("Most disputed first")
    late.release()
    drawn(page)
    expect(order).to_have_value("Most disputed first")
    studio.close()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_what_gets_the_focus_in_an_opening_part_stays_in_its_place(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """A click on it counts: nothing moves under the mouse."""
    page.goto(f"{app}/data")
    expect(page.get_by_text("Up to date")).to_be_visible()
    drawn(page)
    scrolled = page.locator(".st-key-data-more details").evaluate(_FOCUS_WHILE_IT_OPENS)
    assert scrolled == 0
    forgive_probes(console_errors)


def _save_words(studio: Page, words: str) -> None:
    """Save other words of the open function; figures come in."""
    studio.get_by_label("Words or phrases, one a line").fill(words)
    press(studio, "Save")
