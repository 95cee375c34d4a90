"""A function that fails, seen by its author: what failed, where, on which row, and what then."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import REPOSITORY, served
from tests.projects import create

FAILING = """@labeling_function()
def picky(x):
    if x.id in "ch":
        return {}["<img src=x>"]
    return "ham"
"""


@pytest.mark.browser
def test_from_the_error_to_its_row_and_into_the_label_model(
    page: Page, tmp_path: Path, console_errors: list[str]
) -> None:
    """Write, see the errors gathered, click, see the row, accept: then the votes make labels."""
    projects = tmp_path / "projects"
    projects.mkdir()
    create(projects / "p")
    settings = {"LABELWRIGHT_PROJECTS": str(projects)}
    with served(REPOSITORY / "app.py", settings, copied=True) as url:
        page.goto(url)
        page.get_by_role("link", name="Studio").click()
        page.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(FAILING)
        page.keyboard.press("Control+s")

        bar = page.get_by_text("2 rows failed; not in the label model.")
        expect(bar).to_be_visible()
        expect(page.get_by_text("0.0 % covered")).to_be_visible()
        expect(page.locator(".cm-lintRange-error")).to_have_text('return {}["<img src=x>"]')

        groups = page.get_by_test_id("stDataFrame").nth(1)
        groups.click(position={"x": 200, "y": 52})
        expect(page.get_by_text("2 rows: KeyError: '<img src=x>'")).to_be_visible()
        page.get_by_role("option").filter(has_text="lunch, free of charge").click()
        expect(page.get_by_text("Row 7 · KeyError: '<img src=x>' (line 4)")).to_be_visible()
        expect(page.get_by_text("score: 8")).to_be_visible()
        assert page.locator("img[src=x]").count() == 0

        page.get_by_role("button", name="Accept anyway").click()
        expect(page.get_by_text("2 rows failed; accepted on")).to_be_visible()
        expect(page.get_by_text("75.0 % covered")).to_be_visible()
        page.goto("about:blank")
    assert console_errors == []
