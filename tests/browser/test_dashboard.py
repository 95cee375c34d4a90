"""The Dashboard's charts under the mouse: what a click anywhere in a line shows."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_whole_loop import forgive_probes


def click_in(page: Page, title: str, across: float, down: float) -> None:
    """Click in the chart with this title, at these shares of its width and height."""
    chart = page.get_by_test_id("stVegaLiteChart").filter(has_text=title)
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])


@pytest.mark.browser
def test_a_click_beside_a_bar_shows_the_rows_of_its_class(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The line is the target, however short its bar is; the rows stay in sight of every chart."""
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    pane = page.locator(".st-key-dashboard-rows-pane")
    click_in(page, "Classes of labels", 0.9, 0.66)
    expect(pane.get_by_text(" of 2,000 rows")).to_be_visible()
    first = pane.get_by_role("option").first.locator(".facts > .chip").first
    expect(first).to_have_text("account")
    expect(pane.get_by_role("option").first).to_have_css("cursor", "auto")  # a click does nothing
    page.locator(".st-key-end-model-card").scroll_into_view_if_needed()
    expect(first).to_be_in_viewport()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_a_click_in_the_history_tells_of_the_nearest_version(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Nobody has to hit the point itself."""
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.get_by_role("combobox", name="Label model").click()
    page.get_by_role("option", name="majority", exact=True).click()
    expect(
        page.get_by_test_id("stVegaLiteChart").filter(has_text="Accuracy of the")
    ).to_be_visible()
    click_in(page, "Accuracy of the labels", 0.25, 0.5)
    expect(page.get_by_text("Version 1, made on ")).to_be_visible()
    expect(page.get_by_text("It is the first version in the history.")).to_be_visible()
    forgive_probes(console_errors)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 1920])
def test_every_name_is_beside_its_mark(
    app: str, page: Page, console_errors: list[str], width: int
) -> None:
    """No label of an axis of names is left out, and the steps between them are even."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    for title, across, names in (
        ("Functions: what", False, 10),
        ("Classes of labels", False, 5),
        ("Labels against dev gold", True, 5),
        ("Labels against dev gold", False, 5),
    ):
        axis = names_axis(page, title, across=across)
        assert len(axis) == names, title
        steps = [after - before for before, after in pairwise(axis)]
        assert max(steps) - min(steps) < 1, title
    forgive_probes(console_errors)


@pytest.mark.browser
def test_both_halves_of_a_line_of_functions_open_rows(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The left half has a function's hits, the right half what it gets wrong."""
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    pane = page.locator(".st-key-dashboard-rows-pane")
    expect(pane.get_by_role("option").first).to_be_visible()
    title = "Functions: what"
    click_in(page, title, 0.2, 0.68)
    expect(pane.get_by_text("593 of 2,000 rows")).to_be_visible()
    click_in(page, title, 0.8, 0.68)
    expect(pane.get_by_text("22 of 2,000 rows")).to_be_visible()
    told = page.locator("#vg-tooltip-element")
    expect(told.get_by_role("row", name="coverage 29.6%")).to_be_visible()
    expect(told.get_by_role("row", name="a click shows its rows, wrong")).to_be_visible()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_the_keyboard_reaches_the_rows_behind_every_mark(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The list beside the charts is typed into; no mouse is needed."""
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.get_by_role("combobox", name="Rows", exact=True).focus()
    page.keyboard.type("money_words: hits")
    page.keyboard.press("Enter")
    pane = page.locator(".st-key-dashboard-rows-pane")
    expect(pane.get_by_text("593 of 2,000 rows")).to_be_visible()
    forgive_probes(console_errors)


def names_axis(page: Page, title: str, *, across: bool) -> list[float]:
    """Return where the names of functions or classes stand, along their axis."""
    chart = page.get_by_test_id("stVegaLiteChart").filter(has_text=title)
    kind = "X" if across else "Y"
    labels = chart.locator(f"g[aria-label^='{kind}-axis'] .role-axis-label text")
    expect(labels.first).to_be_visible()
    boxes = [label.bounding_box() for label in labels.all()]
    side, size = ("x", "width") if across else ("y", "height")
    return sorted(box[side] + box[size] / 2 for box in boxes if box is not None)


@pytest.mark.browser
def test_marks_of_sureness_and_errors_open_their_rows(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """A bar of the confidence, a cell of errors and a point of the calibration, by what they say.

    A point counts gold rows and opens all rows that are as sure.
    """
    page.goto(f"{app}/dashboard")
    expect(page.get_by_text("Up to date")).to_be_visible()
    pane = page.locator(".st-key-dashboard-rows-pane")
    expect(pane.get_by_role("option").first).to_be_visible()
    bars = click_mark(page, "How sure the labels are", "covered rows: [1-9]")
    expect(pane.get_by_text(f"{bars} of 2,000 rows")).to_be_visible()
    wrong = click_mark(page, "Labels against dev gold", "kind: wrong.* rows: [1-9]")
    expect(pane.get_by_text(f"{wrong} of 2,000 rows")).to_be_visible()
    click_mark(page, "Is confidence right?", "accuracy: .* rows: [1-9]")
    expect(pane.get_by_text(f"{wrong} of 2,000 rows")).to_have_count(0)
    expect(pane.get_by_text(" of 2,000 rows")).to_be_visible()
    forgive_probes(console_errors)


def click_mark(page: Page, title: str, saying: str) -> str:
    """Click the last mark of a chart whose description matches, and return its count of rows."""
    chart = page.get_by_test_id("stVegaLiteChart").filter(has_text=title)
    chart.scroll_into_view_if_needed()
    marks = chart.locator("path[aria-label]").all()
    said = [(mark, mark.get_attribute("aria-label") or "") for mark in marks]
    mark, words = [one for one in said if re.search(saying, one[1])][-1]
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2)
    count = re.search(r"; rows: ([\d,]+)", words)
    assert count is not None
    return count[1]
