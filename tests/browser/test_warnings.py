"""Warnings under the mouse: from the mark in the list to the rows and to the other function."""

import pytest
from playwright.sync_api import Page, expect

from labeling.execution.local import LocalExecutor
from tests.browser.serving import REPOSITORY
from tests.browser.test_whole_loop import forgive_probes
from tests.conftest import ServeApp
from tests.projects import create, keyword, opened


@pytest.fixture(scope="module")
def app(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A project with a function, its near-copy, and one for a single row."""
    folder = tmp_path_factory.mktemp("workspace") / "projects"
    folder.mkdir()
    lines = [f"r{i},{'free money' if i < 30 else f'hello {i}'},,,{i}" for i in range(60)]
    csv = "id,text,gold,split,score\n" + "\n".join(lines) + "\n"
    with LocalExecutor() as executor, opened(create(folder / "p", csv), executor) as project:
        project.save_function(keyword("money", ("money",), "spam"))
        project.save_function(keyword("free", ("free", "hello 31"), "spam"))
        project.save_function(keyword("single", ("hello 40",), "ham"))
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(folder)})


@pytest.mark.browser
def test_a_warning_leads_to_its_rows_and_to_the_other_function(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The list says it in words; the rows are where the two differ."""
    page.goto(f"{app}/studio?project=p&function=free")
    expect(page.get_by_text("⚠ single: votes on one row")).to_be_visible()
    expect(page.get_by_text("97% of the rows on which free or money votes")).to_be_visible()
    page.get_by_role("button", name="Show the row", exact=True).click()
    expect(page.get_by_text("free: vote differs from money")).to_be_visible()
    pane = page.locator(".st-key-studio-rows-pane")
    expect(pane.get_by_role("option")).to_have_count(1)
    page.get_by_role("button", name="Open the other one").click()
    page.wait_for_url("**/studio?*function=money*")
    forgive_probes(console_errors)
