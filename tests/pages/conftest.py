"""A project of eight rows whose figures are counted by hand, open for the page under test.

Votes: money on a, d, f; lunch on b, c, h; free on a, b, h. Dev gold: a and d are spam, b and c ham.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from labeling.execution.local import LocalExecutor
from labeling.project import Project
from labeling.workspace import Workspace
from storage import DuckDBOpener
from tests.pages import opened
from tests.projects import create, three_functions
from tests.projects import opened as open_project


@pytest.fixture(scope="session")
def executor() -> Iterator[LocalExecutor]:
    """One worker pool for all pages."""
    with LocalExecutor() as executor:
        yield executor


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The eight rows without a function, for copying."""
    return create(tmp_path_factory.mktemp("empty") / "p")


@pytest.fixture(scope="session")
def ready_folder(
    empty_folder: Path, tmp_path_factory: pytest.TempPathFactory, executor: LocalExecutor
) -> Path:
    """The eight rows and three functions that ran, for copying."""
    folder = tmp_path_factory.mktemp("ready") / "p"
    shutil.copytree(empty_folder, folder)
    with open_project(folder, executor) as project:
        for function in three_functions():
            project.save_function(function)
        project.refresh()
    return folder


@pytest.fixture
def project(ready_folder: Path, tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Eight rows and three functions; nothing runs in the background."""
    with _open_for_page(ready_folder, tmp_path / "p", executor) as project:
        yield project


@pytest.fixture
def empty(empty_folder: Path, tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Eight rows and no function."""
    with _open_for_page(empty_folder, tmp_path / "p", executor) as project:
        yield project


class Lent:
    """The executor of all pages, lent to a workspace, which cannot close it."""

    def __init__(self, executor: LocalExecutor) -> None:
        self.run = executor.run
        self.isolation = executor.isolation

    def close(self) -> None:
        """Leave the worker processes to the next test."""


@pytest.fixture
def workspace(tmp_path: Path, executor: LocalExecutor) -> Iterator[Workspace]:
    """A workspace without a project; what it opens is kept fresh in the background."""
    workspace = Workspace(tmp_path / "projects", DuckDBOpener(), Lent(executor))
    opened.workspace, opened.project = workspace, None
    yield workspace
    workspace.close()
    opened.workspace, opened.project = None, None
    opened.uploads.clear()


@contextmanager
def _open_for_page(source: Path, folder: Path, executor: LocalExecutor) -> Iterator[Project]:
    shutil.copytree(source, folder)
    with open_project(folder, executor) as project:
        project.refresh()
        opened.project = project
        yield project
        opened.project = None
