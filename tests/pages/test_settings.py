"""Settings says what workers report, and who may write functions here."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.execution.isolation import BARE_LAYERS, IsolationSettings
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.workspace import Workspace
from storage import DuckDBOpener
from tests.pages import opened
from tests.pages.showing import rerun, shown, texts
from tests.projects import opened as open_project


@pytest.fixture
def open_workers() -> Iterator[LocalExecutor]:
    """Workers as on a system that can lock nothing up."""
    with LocalExecutor(1, IsolationSettings(mode="off", layers=BARE_LAYERS)) as executor:
        yield executor


def test_each_layer_is_shown_with_what_it_stops(workspace: Workspace) -> None:
    """Without a project, too; a launcher's layer that is not there is not claimed."""
    app = shown("settings")
    lines = [str(element.value) for element in app.text]
    assert lines[lines.index("landlock") + 1].startswith("It cannot read your files or database")
    assert lines[lines.index("namespaces") - 1] == "–"
    assert "Isolation: auto" in texts(app)
    if sys.platform == "linux":
        assert lines[lines.index("privileges") - 1] == "✓"


def test_open_workers_are_for_trusted_authors_only(
    open_workers: LocalExecutor, tmp_path: Path
) -> None:
    """It is the first thing the page says."""
    opened.workspace = Workspace(tmp_path, DuckDBOpener(), open_workers)
    app = shown("settings")
    opened.workspace = None
    assert app.text[0].value.startswith("⚠ Trusted authors only")
    assert "Isolation: off" in texts(app)


def test_votes_beside_a_row_can_be_forbidden(project: Project, workspace: Workspace) -> None:
    """The box shows what holds, also after another person changed it."""
    opened.project = project
    app = shown("settings")
    (box,) = app.checkbox
    assert box.value
    box.uncheck()
    app = rerun(app)
    assert not project.votes_on_demand.allowed()
    project.votes_on_demand.allow(True)
    assert rerun(app).checkbox[0].value


def test_studio_says_it_in_one_line(
    open_workers: LocalExecutor, ready_folder: Path, tmp_path: Path
) -> None:
    """Where workers are locked up the line is not there."""
    folder = shutil.copytree(ready_folder, tmp_path / "p")
    with open_project(folder, open_workers) as project:
        project.refresh()
        opened.project = project
        captions = [caption.value for caption in shown("studio").caption]
        opened.project = None
    assert any("Trusted authors only" in caption for caption in captions)
