"""The matrix of functions under the mouse: its switch, and the rows behind a cell."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_whole_loop import forgive_probes

NAMES = ("money_words", "parcel_words")


@pytest.fixture
def studio(browser: BrowserContext, app: str) -> Iterator[Page]:
    """A second page, on one of the two functions."""
    opened = browser.new_page()
    opened.goto(f"{app}/studio?function={NAMES[0]}")
    yield opened
    opened.close()


def open_whole(page: Page, app: str) -> None:
    """Open the Dashboard and wait for all charts: one that comes later moves those below it."""
    page.goto(f"{app}/dashboard")
    for said in ("Up to date", "Calibration error", "What would be lost without each function"):
        expect(page.get_by_text(said)).to_be_visible(timeout=60_000)


def matrix(page: Page, title: str) -> Locator:
    """Return the matrix with this title."""
    return page.get_by_test_id("stVegaLiteChart").filter(has_text=title)


def cell(chart: Locator) -> Locator:
    """Return the cell of the two functions."""
    both = "".join(f"[aria-label*='{name}']" for name in NAMES)
    return chart.locator(f"path[aria-roledescription='rect mark']{both}").first


def expect_rows_of_both(page: Page) -> None:
    """The rows beside the charts have votes of both."""
    pane = page.locator(".st-key-dashboard-rows-pane")
    expect(pane.get_by_role("combobox", name="Rows")).to_have_value("What was clicked last")
    for name in NAMES:
        expect(pane.get_by_role("option").first).to_contain_text(name)


@pytest.mark.browser
def test_a_cell_shows_the_rows_of_its_two_functions(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Every shown row has votes of both; in the conflict view they differ."""
    open_whole(page, app)
    page.get_by_text("Conflict", exact=True).click()
    cell(matrix(page, "where their votes differ")).click()
    expect_rows_of_both(page)
    forgive_probes(console_errors)


@pytest.mark.browser
def test_a_press_on_a_cell_counts_while_new_figures_arrive(
    app: str, page: Page, studio: Page, console_errors: list[str]
) -> None:
    """The button goes down on old figures and up on new ones; the chart stays the same one."""
    open_whole(page, app)
    pressed = cell(matrix(page, "where both vote"))
    pressed.hover()
    before = pressed.get_attribute("aria-label")
    assert before is not None
    pressed.evaluate("(mark) => { window.drawing = mark.closest('svg'); }")
    page.mouse.down()
    studio.get_by_label("Words or phrases, one a line").fill("money\nrefund")
    studio.keyboard.press("Control+s")
    expect(pressed).not_to_have_attribute("aria-label", before)
    assert page.evaluate("() => window.drawing.isConnected")
    page.mouse.up()
    expect_rows_of_both(page)
    forgive_probes(console_errors)
