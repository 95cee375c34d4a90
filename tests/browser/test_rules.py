"""Functions without code in Studio: built with fields, saved, and gone on with in Python."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn
from tests.browser.test_whole_loop import forgive_probes


def new_function(page: Page, app: str, kind: str) -> None:
    """Open the form of a new function."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    drawn(page)
    page.get_by_role("radio", name=kind, exact=True).click()
    expect(page.get_by_label("Words or phrases, one a line")).to_be_visible()


def go_on_in_python(page: Page) -> None:
    """Unfold the Python of the form and press the button below it, once it stands still."""
    page.get_by_text("The same in Python").click()
    page.wait_for_timeout(400)
    page.get_by_role("button", name="Go on in Python").click()


@pytest.mark.browser
def test_a_rule_with_not_and_and_is_built_saved_and_counted(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The Python follows what is typed; the saved rule has statistics and highlights its words."""
    new_function(page, app, "rule")
    page.get_by_label("Name", exact=True).fill("parcel, no thanks")
    page.get_by_label("Votes for").select_option("delivery")
    page.get_by_text("The same in Python").click()
    page.get_by_label("Words or phrases, one a line").click()
    page.keyboard.type("parcel\npackage", delay=30)
    page.keyboard.press("Alt+Enter")
    page.keyboard.type("thank you", delay=30)
    page.keyboard.press("Alt+n")
    python = page.locator("[data-testid=stCode] code").first
    expect(python).to_contain_text("(?:package|parcel)")
    expect(python).to_contain_text("and not _PATTERN_2.search(_text(x.text))")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Ran on 2,000 rows")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("parcel, no thanks")
    expect(page.locator("mark").first).to_have_text(["parcel", "package"][0], ignore_case=True)
    expect(page.get_by_text("Unsaved changes")).to_have_count(0)
    forgive_probes(console_errors)


@pytest.mark.browser
def test_typing_is_kept_while_statistics_arrive(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Saved in the middle of a word: the rest is typed while table and rows refresh."""
    new_function(page, app, "keyword")
    page.get_by_label("Name", exact=True).fill("while typing")
    field = page.get_by_label("Words or phrases, one a line")
    field.click()
    page.keyboard.type("refund")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Ran on 2,000 rows")).to_be_visible()
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+s")
    typed = "".join(f"\nword {number}" for number in range(20))
    page.keyboard.type(typed, delay=15)
    page.keyboard.press("Control+s")
    page.keyboard.type("\nlast")
    expect(field).to_be_focused()
    assert field.input_value() == f"refund{typed}\nlast"
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    assert field.input_value() == f"refund{typed}\nlast"
    forgive_probes(console_errors)


@pytest.mark.browser
def test_a_form_is_gone_on_with_in_python_and_come_back_to(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Discard brings the form back; saved, the function is Python under the same name."""
    new_function(page, app, "keyword")
    page.get_by_label("Name", exact=True).fill("two ways")
    page.get_by_label("Words or phrases, one a line").fill("coffee")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Ran on 2,000 rows")).to_be_visible()
    go_on_in_python(page)
    code = page.locator(".cm-content")
    expect(code).to_contain_text("@labeling_function(name='two ways')")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Words or phrases, one a line")).to_have_value("coffee")
    go_on_in_python(page)
    expect(code).to_contain_text("two ways")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Unsaved changes")).to_have_count(0)
    expect(page.get_by_text("Ran on 2,000 rows")).to_be_visible()
    page.reload()
    expect(code).to_contain_text("two ways")
    forgive_probes(console_errors)
