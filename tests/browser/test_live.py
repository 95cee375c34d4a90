"""What one page changes another shows at once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from labeling.sample import create_sample
from labeling.workspace import SAMPLE_NAME as SAMPLE
from storage import DuckDBOpener
from tests.browser.serving import REPOSITORY
from tests.browser.test_whole_loop import (
    expect_metric,
    forgive_probes,
    write_python_function,
)
from tests.conftest import ServeApp

EVERY_ROW = """@labeling_function()
def every_row(x):
    return "billing"
"""


@pytest.fixture(scope="module")
def app(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on the sample project."""
    projects = tmp_path_factory.mktemp("workspace") / "projects"
    projects.mkdir()
    create_sample(projects / SAMPLE, DuckDBOpener(), REPOSITORY / "sample_data")
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(projects)})


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

    expect_metric(dashboard, "Covered rows", "100.0 %")
    dashboard.wait_for_function(
        "before => document.querySelector('[data-testid=stVegaLiteChart]').offsetHeight > before",
        arg=height,
    )
    assert dashboard.evaluate("window.sameVisit")
    forgive_probes(console_errors)


@pytest.mark.browser
def test_a_click_on_a_mark_shows_its_rows_beside_the_charts(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """The rows are in sight without scrolling, and still there below the first charts."""
    page.goto(f"{app}/dashboard?project={SAMPLE}")
    chart = coverage_chart(page)
    expect(chart).to_be_visible()
    expect(page.get_by_text("Up to date")).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.45 * box["width"], box["y"] + 0.5 * box["height"])
    rows = page.locator(".st-key-dashboard-rows-pane .rows")
    expect(rows).to_be_in_viewport()
    page.mouse.move(box["x"], box["y"])
    page.mouse.wheel(0, 500)
    expect(rows).to_be_in_viewport()
    forgive_probes(console_errors)


@pytest.mark.browser
def test_a_click_anywhere_in_a_line_of_a_chart_shows_its_rows(
    app: str, page: Page, console_errors: list[str]
) -> None:
    """Far to the right of a bar, where nothing is drawn, the click still means that function."""
    page.goto(f"{app}/dashboard?project={SAMPLE}")
    chart = coverage_chart(page)
    expect(page.get_by_text("Up to date")).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.92 * box["width"], box["y"] + 0.3 * box["height"])
    expect(page.locator(".st-key-dashboard-rows-pane .rows")).to_be_visible()
    forgive_probes(console_errors)
