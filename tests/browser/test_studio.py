"""Studio as people use it: with the mouse and the keyboard, and changing their minds."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn
from tests.browser.test_whole_loop import forgive_probes

LINE_HEIGHT = 30
HEAD_HEIGHT = 36
IN_A_NAME = 150
BESIDE_ACCURACIES = 74 + 72 + 76
"""Pixels of the columns after them."""


def open_line(page: Page, line: int) -> None:
    """Click on the name of the function in this line of the table."""
    table = page.locator(".st-key-studio-functions [data-testid=stDataFrame]")
    y = HEAD_HEIGHT + LINE_HEIGHT * line + LINE_HEIGHT // 2
    table.click(position={"x": IN_A_NAME, "y": y})


@pytest.mark.browser
def test_a_click_on_a_name_opens_the_function(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The arrow keys then open its neighbours, and the line stays marked."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    open_line(page, 0)
    expect(page.locator(".st-key-studio_kind")).to_have_count(0)
    drawn(page)
    first = page.locator(".cm-content").inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".cm-content")).not_to_have_text(first)
    marked = page.locator(".st-key-studio-functions tr[aria-selected=true]")
    expect(marked).to_have_count(1)
    forgive_probes(console_errors)


@pytest.mark.browser
def test_of_two_pages_of_rows_both_are_named(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Streamlit left out the second one, where it made the room for them itself."""
    page.goto(f"{app}/studio?function=login_trouble")
    page.get_by_role("button", name="Page 2").click()
    expect(page.get_by_role("button", name="Page 2")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("button", name="Page 1")).to_be_visible()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_unsaved_code_survives_a_change_of_page(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The editor holds it again afterwards, and the page says that it is not saved."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("# half an idea ")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    page.get_by_role("link", name="Settings", exact=True).click()
    expect(page.get_by_text("Where labeling functions run")).to_be_visible()
    page.get_by_role("link", name="Studio", exact=True).click()
    expect(page.locator(".cm-content")).to_contain_text("# half an idea")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_an_address_opens_its_function_and_filters_stay(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The address names what was clicked; a reload opens it again, and a search outlives a page."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    open_line(page, 0)
    page.wait_for_url("**/studio?*function=*")
    page.reload()
    expect(page.get_by_role("button", name="Remove", exact=True)).to_be_enabled()
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_label("Search the text").fill("refund")
    page.keyboard.press("Enter")
    expect(page.get_by_text(" of 2,000 rows")).to_be_visible()
    page.get_by_role("link", name="Settings", exact=True).click()
    expect(page.get_by_text("Where labeling functions run")).to_be_visible()
    page.get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_label("Search the text")).to_have_value("refund")
    forgive_probes(console_errors)


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_table_and_the_tabs_are_whole(
    app: str, page: Page, console_errors: list[str], width: int
) -> None:
    """Nothing is to be scrolled sideways, and the tabs take one line, with a preview, too.

    On a phone the narrow table shows accuracies; other figures are to be scrolled to.
    """
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{app}/studio?function=money_words")
    expect(page.get_by_text("Up to date")).to_be_visible()
    scroller = page.locator(".st-key-studio-functions .dvn-scroller")
    for _ in ("narrow", "whole"):
        expect(scroller).to_be_visible()
        visible = "it.clientWidth" if width > 390 else f"it.clientWidth + {BESIDE_ACCURACIES}"
        page.wait_for_function(f"it => it.scrollWidth <= {visible}", arg=scroller.element_handle())
        if width == 390:
            break
        page.get_by_text("All statistics").click()
        drawn(page)
    words = page.get_by_label("Words or phrases, one a line")
    words.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nparcel")
    expect(page.get_by_role("radio", name="Changed 61")).to_be_visible()
    tabs = page.locator(".st-key-studio-rows-pane .tabs .tab")
    expect(tabs).to_have_count(6)
    assert tabs.evaluate_all("all => new Set(all.map(one => one.offsetTop)).size") == 1
    name = page.get_by_label("Name", exact=True)
    assert name.evaluate("it => it.scrollWidth <= it.clientWidth")
    page.get_by_role("button", name="Discard").click()
    forgive_probes(console_errors)
