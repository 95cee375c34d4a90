"""The row list in a real browser."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_a_click_or_enter_returns_the_row(page: Page, harness: str) -> None:
    """The row_id clicked comes back, and arrow keys walk."""
    page.goto(f"{harness}/?show=rows")
    page.get_by_role("option").nth(1).click()
    expect(page.locator(".st-key-out-selected")).to_have_text("204")
    expect(page.get_by_role("option", selected=True)).to_contain_text("love the new app")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-out-selected")).to_have_text("1311")


def test_a_press_counts_while_the_rows_are_drawn_again(page: Page, harness: str) -> None:
    """The button goes down on a row, all rows are sent once more, and the button comes up."""
    page.goto(f"{harness}/?show=rows")
    page.get_by_role("option").nth(1).hover()
    page.mouse.down()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("option", selected=True)).to_contain_text("<b>bold</b>")
    page.mouse.up()
    expect(page.locator(".st-key-out-selected")).to_have_text("204")


def test_highlights_count_characters_as_python_does(page: Page, harness: str) -> None:
    """An emoji before a highlight does not shift it."""
    page.goto(f"{harness}/?show=rows")
    expect(page.get_by_role("option").first.locator("mark")).to_have_text(["charged", "refund"])


def test_markup_is_shown_as_text(page: Page, harness: str) -> None:
    """Neither row text nor a function name becomes an element."""
    page.goto(f"{harness}/?show=rows")
    row = page.get_by_role("option").nth(2)
    expect(row).to_contain_text('<img src="https://outside.example/x.png"')
    expect(row).to_contain_text("<b>bold</b>")
    assert row.locator("img, script, b").count() == 0


def test_right_and_wrong_are_said_by_sign_and_word(page: Page, harness: str) -> None:
    """Colour never stands alone."""
    page.goto(f"{harness}/?show=rows")
    expect(page.locator(".right")).to_have_text("✓ right")
    expect(page.locator(".wrong")).to_have_text("✗ wrong")


def test_a_vote_that_is_judged_comes_first_with_its_mark(page: Page, harness: str) -> None:
    """The label may be right where the vote of the open function is wrong, and the reverse."""
    page.goto(f"{harness}/?show=rows")
    votes = page.get_by_role("option").nth(1).locator(".vote")
    expect(votes).to_have_text(["kind_wordspraise✗ wrong", "login_troubleaccount"])
    label = page.get_by_role("option").first.locator(".facts > .chip").first
    expect(label.locator("+ .number + .right")).to_have_text("✓ right")


def test_no_rows_say_what_to_do(page: Page, harness: str) -> None:
    """An empty list is a sentence."""
    page.goto(f"{harness}/?show=rows&rows=none")
    expect(page.locator(".empty")).to_have_text(
        "No rows here. Write a function, or clear the filter."
    )


def test_a_long_name_is_cut_in_the_middle_and_whole_in_its_title(page: Page, harness: str) -> None:
    """Names with one beginning can be told apart, and none is lost."""
    page.goto(f"{harness}/?show=rows")
    name = page.get_by_role("option").nth(3).locator(".chip-name")
    expect(name).to_have_text("mentions_that_t…d_to_the_house")
    whole = "mentions_that_the_parcel_was_never_delivered_to_the_house"
    expect(name).to_have_attribute("title", whole)
