"""The end model as a person uses it: train it, see what it is worth, and let it vote."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_clicks import drawn, press
from tests.browser.test_pairs import open_whole
from tests.browser.test_whole_loop import forgive_probes, open_page


@pytest.mark.browser
def test_it_is_trained_compared_and_made_a_function(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """From the Dashboard's card to a line in Studio, which says why it makes no labels yet."""
    open_whole(page, app)  # a list that is open closes where the page below it moves
    card = page.locator(".st-key-end-model-card")
    expect(card.get_by_role("button", name="Train")).to_be_enabled()
    card.scroll_into_view_if_needed()
    drawn(page)
    card.get_by_role("combobox", name="Classifier").click()
    page.get_by_role("option", name="naive-bayes").click()
    drawn(page)
    press(page, "Train")
    expect(card.get_by_text("naive-bayes on tfidf, learned from")).to_be_visible(timeout=60_000)
    expect(card.get_by_text("better than the label model alone", exact=False)).to_be_visible()
    drawn(page)
    card.get_by_text("Use as a labeling function").click()
    card.get_by_label("Name").fill("learned words")
    press(page, "Save as a labeling function")
    expect(card.get_by_text("✓ Saved as learned words")).to_be_visible()
    open_page(page, "Studio")
    listed = page.locator(".st-key-studio-functions table")
    expect(listed).to_contain_text("learned words")
    forgive_probes(console_errors)
