"""Two people in two browsers: one labels, the other sees it at once and settles it."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from labeling.assignments import Overlap
from labeling.execution.local import LocalExecutor
from labeling.store import Annotation
from tests.browser.serving import REPOSITORY
from tests.browser.test_clicks import drawn
from tests.browser.test_whole_loop import forgive_probes
from tests.conftest import ServeApp
from tests.projects import create, opened


@pytest.mark.browser
def test_a_difference_appears_at_the_reviewers_and_is_settled(
    browser: BrowserContext,
    serve_app: ServeApp,
    page: Page,
    tmp_path: Path,
    console_errors: list[str],
) -> None:
    """The annotator's key press opens it on the other screen; a digit there makes it gold."""
    folder = create(tmp_path / "p", "id,text,gold,split,score\nr0,win money,,,1\n")
    with LocalExecutor() as executor, opened(folder, executor) as project:
        now = datetime.now(UTC)
        project.annotate([Annotation(uuid4(), 0, "label", 0, "ann", now, note="a quiz")])
        project.assignments.set_overlap(Overlap(2, 1.0))
    app = serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECT": str(folder)})
    page.goto(f"{app}/review")
    expect(page.get_by_text("Nothing is open")).to_be_visible()

    annotator = browser.new_page()
    annotator.goto(f"{app}/annotate")
    annotator.get_by_label("Your name").fill("ben")
    annotator.keyboard.press("Tab")
    drawn(annotator)
    annotator.locator(".card .text").click()
    annotator.keyboard.press("2")
    expect(page.get_by_text("spam: ben")).to_be_visible()
    expect(page.get_by_text("ham: ann")).to_be_visible()
    expect(page.get_by_text("ann: “a quiz”")).to_be_visible()

    page.bring_to_front()
    drawn(page)
    page.keyboard.press("1")
    expect(page.get_by_text("Nothing is open")).to_be_visible()
    page.get_by_role("radio", name="Settled 1").click()
    expect(page.get_by_text("✓ ham, decided by reviewer.")).to_be_visible()
    annotator.close()
    forgive_probes(console_errors)
