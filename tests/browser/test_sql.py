"""A SQL function in Studio: written, previewed, saved, and told what is wrong with it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labeling.store import ImportPlan, ProjectInfo
from labeling.workspace import create_project
from storage import DuckDBOpener
from tests.browser.serving import REPOSITORY
from tests.browser.test_whole_loop import forgive_probes
from tests.conftest import ServeApp

QUERY = """SELECT row_id, 'refund' AS label
FROM rows
WHERE text ILIKE '%money%' AND length(text) < 30
"""
COMPARING = """SELECT row_id, 'refund' AS label
FROM rows
QUALIFY row_number() OVER (ORDER BY row_id DESC) <= 15
"""
MISSPELT = """SELECT row_id, 'refund' AS label
FROM rows
WHERE txet ILIKE '%money%'
"""


@pytest.fixture
def app(serve_app: ServeApp, tmp_path: Path) -> str:
    """The app on a project of 60 rows: every third asks for money, and the first 30 have gold."""
    lines = ["text,gold"]
    for number in range(60):
        text = f"I want my money back {number}" if number % 3 == 0 else f"thank you {number}"
        gold = ("refund" if number % 3 == 0 and number != 6 else "other") if number < 30 else ""
        lines.append(f"{text},{gold}")
    rows = tmp_path / "rows.csv"
    rows.write_text("\n".join(lines) + "\n", "utf-8")
    projects = tmp_path / "projects"
    projects.mkdir()
    info = ProjectInfo("shop", ("refund", "other"))
    create_project(
        projects / "shop", DuckDBOpener(), info, ImportPlan(rows, "text", gold_column="gold")
    )
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(projects)})


def write_query(page: Page, url: str, name: str, query: str) -> None:
    """Begin a new SQL function and write it into the editor."""
    page.goto(f"{url}/studio")
    page.locator(".st-key-studio_kind").get_by_text("sql", exact=True).click()
    expect(page.get_by_text("A query over rows gives row_id and label.")).to_be_visible()
    page.get_by_label("Name", exact=True).fill(name)
    page.keyboard.press("Tab")
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    expect(page.get_by_text("Unsaved changes")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "votes", "share", "accuracy"),
    [
        (QUERY, 20, "33.3 %", "90.0 % (60–98, n = 10)"),
        (COMPARING, 15, "25.0 %", "–"),
    ],
    ids=["row by row", "comparing rows"],
)
def test_a_query_is_written_previewed_and_saved(
    app: str,
    page: Page,
    console_errors: list[str],
    query: str,
    votes: int,
    share: str,
    accuracy: str,
) -> None:
    """The preview says what the statistics say after the function is saved."""
    write_query(page, app, "wants_money", query)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Preview on all 60 rows, not saved:")).to_be_visible()
    expect(page.get_by_text(f"votes on {votes} rows ({share})")).to_be_visible()
    expect(page.get_by_text(f"accuracy on dev gold: {accuracy}")).to_be_visible()
    previewed = page.get_by_text("Rows the function votes on, before it is saved")
    expect(previewed).to_be_visible()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"{share} covered")).to_be_visible()
    expect(page.get_by_text("Up to date")).to_be_visible()
    statistics = page.locator(".st-key-studio-functions tbody tr")
    # The table has whole percents, and the interval without the count.
    measured = accuracy.replace(".0 %", " %").partition(",")[0]
    for said in ("wants_money", share, measured):
        expect(statistics).to_contain_text(said)
    forgive_probes(console_errors)


@pytest.mark.browser
def test_an_error_names_the_line(app: str, page: Page, console_errors: list[str]) -> None:
    """In the preview, and after saving on that line of the editor; what is close is offered."""
    write_query(page, app, "wants_money", MISSPELT)
    page.keyboard.press("Control+Enter")
    said = page.get_by_text('line 3: Binder Error: Referenced column "txet" not found')
    expect(said).to_be_visible()
    expect(said).to_contain_text('Candidate bindings: "text"')
    page.keyboard.press("Control+s")
    expect(page.get_by_text("The run ended early: line 3: Binder Error")).to_be_visible()
    expect(page.locator(".cm-lintRange-error")).to_have_text("WHERE txet ILIKE '%money%'")
    expect(page.get_by_text("0.0 % covered")).to_be_visible()
    forgive_probes(console_errors)
