"""What one page changes another shows at once, and what users bring is never markup."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from labeling.sample import NAME as SAMPLE
from labeling.sample import create_sample
from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener
from tests.browser.serving import REPOSITORY
from tests.browser.test_whole_loop import (
    expect_metric,
    forgive_probes,
    open_page,
    write_keyword_function,
    write_python_function,
)
from tests.conftest import ServeApp

EVERY_ROW = """@labeling_function()
def every_row(x):
    return "billing"
"""
HTML = "<img src=x onerror=window.pwned=1>"
MARKDOWN = "![](http://198.51.100.7/x.png)"
PAYLOAD = f"{HTML} {MARKDOWN}"


@pytest.fixture(scope="module")
def app(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on the sample and on a project in which every name is a payload."""
    projects = tmp_path_factory.mktemp("workspace") / "projects"
    projects.mkdir()
    create_sample(projects / SAMPLE, DuckDBOpener(), REPOSITORY / "sample_data")
    _create_hostile(projects / "hostile")
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(projects)})


def _create_hostile(folder: Path) -> None:
    data = folder.with_name("hostile.csv")
    lines = [f"id,text,{PAYLOAD},gold"]
    lines += [f"m{i},{PAYLOAD} {i},{PAYLOAD},{PAYLOAD if i < 20 else ''}" for i in range(40)]
    data.write_text("\n".join(lines) + "\n", "utf-8")
    create_project(
        folder,
        DuckDBOpener(),
        ProjectInfo("hostile", (PAYLOAD, "ham"), "text", "id", guidelines=PAYLOAD),
        ImportPlan(data, "text", "id", "gold", None),
    )


@pytest.fixture
def dashboard(browser: BrowserContext, app: str) -> Iterator[Page]:
    """A second page of the same browser, on the sample's Dashboard."""
    opened = browser.new_page()
    opened.set_default_timeout(10_000)
    opened.goto(f"{app}/dashboard?project={SAMPLE}")
    yield opened
    opened.close()


def coverage_chart(page: Page) -> Locator:
    """Return the first chart, whose height grows with each function."""
    return page.get_by_test_id("stVegaLiteChart").first


@pytest.mark.browser
def test_a_saved_function_appears_on_another_page(
    app: str, page: Page, dashboard: Page, console_errors: list[str]
) -> None:
    """Studio saves; the Dashboard's figures and chart follow without a reload."""
    expect(coverage_chart(dashboard)).to_be_visible()
    height = dashboard.evaluate(
        "document.querySelector('[data-testid=stVegaLiteChart]').offsetHeight"
    )
    dashboard.evaluate("window.sameVisit = true")
    page.goto(f"{app}/studio?project={SAMPLE}")
    write_python_function(page, EVERY_ROW)

    expect_metric(dashboard, "Covered", "100.0 %")
    dashboard.wait_for_function(
        "before => document.querySelector('[data-testid=stVegaLiteChart]').offsetHeight > before",
        arg=height,
    )
    assert dashboard.evaluate("window.sameVisit")
    forgive_probes(console_errors)


@pytest.mark.browser
def test_what_users_bring_is_shown_as_text(app: str, page: Page, console_errors: list[str]) -> None:
    """Texts, columns, classes, guidelines and function names neither run nor fetch anything."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{app}/studio?project=hostile")
    write_keyword_function(page, PAYLOAD, ("img",), PAYLOAD)
    expect(page.get_by_text("100.0 % covered")).to_be_visible()
    expect(page.get_by_text(f"{PAYLOAD} 7", exact=True)).to_be_visible()
    for title, place in {
        "Data": ".text",
        "Annotate": ".card .text",
        "Dashboard": "[data-testid=stVegaLiteChart]",
        "Export": "[data-testid=stMultiSelect]",
    }.items():
        open_page(page, title)
        expect(page.locator(place).first).to_be_visible()
        if title != "Dashboard":
            expect(page.locator(place).first).to_contain_text(PAYLOAD)
        expect(page.get_by_text("Up to date")).to_be_visible(visible=title != "Annotate")
        assert page.locator("img[src='x']").count() == 0
    assert page.evaluate("window.pwned === undefined")
    assert not [url for url in asked if url.endswith("/x") or "198.51.100.7" in url]
    forgive_probes(console_errors)
