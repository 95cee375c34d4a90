"""A click that follows typing at once arrives, whatever is under way."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.late_answers import LateAnswers
from tests.browser.test_whole_loop import forgive_probes, open_page

TIMES = 10


@pytest.fixture
def studio(app: str, page: Page, console_errors: list[str]) -> Page:
    """Studio with nothing under way."""
    page.goto(f"{app}/studio")
    expect(page.get_by_text("Up to date")).to_be_visible()
    forgive_probes(console_errors)
    return page


def write(page: Page, name: str) -> None:
    """Type a new function, the last letters as a person does."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(f"def {name}(x):\n    return 'billing'  ")
    page.keyboard.type("# so", delay=5)


def drawn(page: Page) -> None:
    """Wait until the page stands still: nobody types into an editor that is just being drawn."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    page.wait_for_timeout(300)


def press(page: Page, button: str) -> None:
    """Click a button at once."""
    page.get_by_role("button", name=button, exact=True).click()


@pytest.mark.browser
def test_a_page_opens_right_after_typing(studio: Page) -> None:
    """The text is sent before the page turns, so nothing turns it back and nothing is lost."""
    for i in range(TIMES):
        write(studio, f"idea_{i}")
        open_page(studio, "Settings")
        expect(studio.get_by_text("Where labeling functions run")).to_be_visible()
        open_page(studio, "Studio")
        expect(studio.locator(".cm-content")).to_contain_text(f"def idea_{i}(x)")
        expect(studio.locator(".cm-content")).to_contain_text("# so")
        drawn(studio)


@pytest.mark.browser
def test_a_page_opens_while_figures_arrive(studio: Page) -> None:
    """Saving is followed by announcements; those of the old page do not turn back to it."""
    for i in range(TIMES):
        write(studio, f"followed_{i}")
        studio.keyboard.press("Control+s")
        studio.wait_for_timeout(40 * i)
        open_page(studio, "Settings")
        expect(studio.get_by_text("Where labeling functions run")).to_be_visible()
        studio.wait_for_timeout(300)
        expect(studio.get_by_text("Where labeling functions run")).to_be_visible()
        open_page(studio, "Studio")
        press(studio, "Remove")
        expect(studio.get_by_text(f"Removed followed_{i}.")).to_be_visible()


@pytest.mark.browser
def test_save_and_new_arrive_right_after_typing(studio: Page) -> None:
    """Each function is saved by the button, and the next one begun by the next click."""
    for i in range(TIMES):
        write(studio, f"saved_{i}")
        press(studio, "Save")
        press(studio, "New")
        expect(studio.locator(".cm-content")).to_contain_text("name_of_the_idea")
    listed = studio.locator(".st-key-studio-functions table")
    for i in range(TIMES):
        expect(listed).to_contain_text(f"saved_{i}")


@pytest.mark.browser
def test_guidelines_are_saved_where_the_page_is_left_at_once(studio: Page) -> None:
    """The press counts, although the next click cuts the run that follows it short."""
    for i in range(TIMES):
        open_page(studio, "Data")
        studio.get_by_role("tab", name="Classes and guidelines").click()
        text = studio.get_by_label("Guidelines for annotators")
        text.fill(f"Billing is what costs money, {i}.")
        text.press("Control+Enter")
        press(studio, "Save the guidelines")
        open_page(studio, "Annotate")
        expect(studio.locator(".guideline-text")).to_have_text(f"Billing is what costs money, {i}.")


@pytest.mark.browser
def test_a_tab_is_clicked_while_the_page_is_drawn_anew(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """After a save the tabs are others; a click on the old ones, which are seen still, counts."""
    late = LateAnswers(page)
    page.goto(f"{app}/studio?function=money_words")
    expect(page.get_by_text("Up to date")).to_be_visible()
    page.get_by_label("Words or phrases, one a line").fill("refund")
    expect(page.get_by_role("radio", name="Preview")).to_be_checked()
    expect(page.get_by_text("Preview on all 2,000 rows")).to_be_visible()
    drawn(page)
    late.hold()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1_500)
    assert len(late), "nothing was drawn after the save"
    page.get_by_role("radio", name="Uncovered").click()
    page.wait_for_timeout(1_000)
    late.release()
    expect(page.get_by_role("radio", name="Preview")).to_have_count(0)
    expect(page.get_by_role("radio", name="Uncovered")).to_be_checked()
    expect(page.locator(".st-key-studio-rows-pane").get_by_text("uncovered").first).to_be_visible()
    page.wait_for_timeout(1_000)
    expect(page.get_by_role("radio", name="Uncovered")).to_be_checked()
    forgive_probes(console_errors)
