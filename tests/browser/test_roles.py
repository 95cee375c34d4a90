"""Two people with two roles in two browsers at once, who signed in at one server."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from labeling.annotation_store import Annotation
from labeling.assignments import Overlap
from labeling.execution.local import LocalExecutor
from labeling.people.accounts import Accounts
from storage.accounts import SQLiteAccounts, accounts_file
from tests.browser.serving import REPOSITORY
from tests.browser.test_clicks import drawn
from tests.browser.test_whole_loop import forgive_probes
from tests.conftest import ServeApp
from tests.projects import create, opened, three_functions

PASSWORD = "correct horse battery"
FORBIDDEN = ("studio", "export", "dashboard", "review", "history", "data", "settings")


@pytest.mark.browser
def test_an_annotator_labels_and_a_reviewer_sees_and_settles_it(
    browser: BrowserContext,
    serve_app: ServeApp,
    page: Page,
    tmp_path: Path,
    console_errors: list[str],
) -> None:
    """The annotator gets to the card and nowhere else; the reviewer is told by the push."""
    app = serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(_projects(tmp_path))})
    _sign_in(page, f"{app}/review", "rae")
    _links(page, "Data", "Annotate", "Review", "Dashboard", "Export", "History")
    expect(page.get_by_text("Nothing is open")).to_be_visible()

    # Another name of this machine has cookies of its own, as another browser would.
    annotator = browser.new_page()
    _sign_in(annotator, app.replace("127.0.0.1", "localhost"), "ben")
    expect(annotator.get_by_text("ben (annotator)")).to_be_visible()
    expect(annotator.get_by_label("Your name")).to_have_count(0)
    drawn(annotator)
    annotator.locator(".card .text").click()
    annotator.keyboard.type("vf")
    expect(annotator.locator(".votes")).to_contain_text("spammoney")
    annotator.keyboard.press("2")
    expect(page.get_by_text("spam: ben")).to_be_visible()
    expect(page.get_by_text("⚑ ben: look at this again")).to_be_visible()
    expect(page.get_by_text("ham: ann")).to_be_visible()

    page.bring_to_front()
    drawn(page)
    page.keyboard.press("1")
    expect(page.get_by_text("Nothing is open")).to_be_visible()
    page.get_by_role("radio", name="Settled 1").click()
    expect(page.get_by_text("✓ ham, decided by rae.")).to_be_visible()

    page.get_by_role("button", name="Pause the queue").click()
    expect(annotator.get_by_text("The queue is paused")).to_be_visible()
    page.get_by_role("button", name="Resume the queue").click()
    expect(annotator.get_by_text("All done")).to_be_visible()

    _reaches_nothing_else(annotator, app.replace("127.0.0.1", "localhost"))
    _end_sessions(tmp_path / "projects", "ben")
    expect(annotator.get_by_text("You are not signed in.")).to_be_visible()
    expect(page.get_by_role("button", name="Pause the queue")).to_be_enabled()
    annotator.close()
    forgive_probes(console_errors)
    console_errors[:] = [
        text for text in console_errors if "The page that you have requested" not in text
    ]


def _projects(folder: Path) -> Path:
    """Return a folder with one project, in which ann labelled the one row, and two accounts."""
    projects = folder / "projects"
    projects.mkdir()
    project_folder = create(projects / "p", "id,text,gold,split,score\nr0,win money,,,1\n")
    with LocalExecutor() as executor, opened(project_folder, executor) as project:
        now = datetime.now(UTC)
        project.annotate([Annotation(uuid4(), 0, "label", 0, "ann", now)])
        project.assignments.set_overlap(Overlap(2, 1.0))
        for function in three_functions():
            project.save_function(function)
    store = SQLiteAccounts(accounts_file(projects))
    accounts = Accounts(store)
    for name, role in (("mara", "admin"), ("rae", "reviewer"), ("ben", "annotator")):
        accounts.add(name, PASSWORD, [role])
    store.close()
    return projects


def _sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Project p")).to_be_visible()


def _end_sessions(projects: Path, name: str) -> None:
    """End somebody's sessions beside the server, as the command line does."""
    store = SQLiteAccounts(accounts_file(projects))
    Accounts(store).revoke(name)
    store.close()


def _links(page: Page, *titles: str) -> None:
    """Wait until the links at the top are these."""
    links = page.locator("[data-testid^='stTopNav'] a, a[data-testid^='stTopNav']")
    expect(links).to_have_text(list(titles))


def _reaches_nothing_else(page: Page, app: str) -> None:
    """Every other address shows the card, and files are refused to this browser's session."""
    for name in FORBIDDEN:
        page.goto(f"{app}/{name}")
        expect(page.get_by_text("Which rows next")).to_be_visible()
        expect(page.locator(".cm-content")).to_have_count(0)
    asked = page.request.get(f"{app}/labelwright/export/p/labels.csv")
    assert asked.status == 403
    assert "may not do that" in asked.text()
    sent = page.request.post(f"{app}/labelwright/upload", headers={"Origin": app})
    assert sent.status == 403
