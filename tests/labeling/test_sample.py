"""The sample project is made whole or not at all, and only where it is not there yet."""

import shutil
from pathlib import Path

import pytest

from labeling.errors import LabelwrightError
from labeling.execution.local import LocalExecutor
from labeling.sample import create_sample
from labeling.workspace import SAMPLE_NAME, Workspace, project_names
from storage import DuckDBOpener

DATA = Path(__file__).parents[2] / "sample_data"


def test_a_sample_cut_short_leaves_nothing(tmp_path: Path) -> None:
    """A fault in the last of its functions, after the rows came in, leaves an empty folder."""
    broken = tmp_path / "data"
    shutil.copytree(DATA, broken)
    (broken / "functions" / "functions.json").write_text("[", "utf-8")
    projects = tmp_path / "projects"
    projects.mkdir()
    with pytest.raises(ValueError, match="Expecting"):
        create_sample(projects / SAMPLE_NAME, DuckDBOpener(), broken)
    assert list(projects.iterdir()) == []


def test_a_workspace_makes_the_sample_once(tmp_path: Path) -> None:
    """Asked for again it is opened as it is; a server without one says so."""
    made: list[Path] = []

    def make(folder: Path) -> None:
        made.append(folder)
        create_sample(folder, DuckDBOpener(), DATA)

    workspace = Workspace(tmp_path / "projects", DuckDBOpener(), LocalExecutor(), make_sample=make)
    try:
        assert workspace.offers_sample
        project = workspace.create_sample()
        assert workspace.create_sample() is project
    finally:
        workspace.close()
    assert made == [tmp_path / "projects" / SAMPLE_NAME]
    assert project_names(tmp_path / "projects") == (SAMPLE_NAME,)

    without = Workspace(tmp_path / "none", DuckDBOpener(), LocalExecutor())
    try:
        assert not without.offers_sample
        with pytest.raises(LabelwrightError, match="no sample project"):
            without.create_sample()
    finally:
        without.close()
