"""What the tests of the core share."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from labeling.execution.local import LocalExecutor
from labeling.project import Project
from tests.projects import create, opened, three_functions


@pytest.fixture(scope="session")
def executor() -> Iterator[LocalExecutor]:
    """One worker pool for all tests of the core."""
    with LocalExecutor() as executor:
        yield executor


@pytest.fixture(scope="session")
def ready_folder(tmp_path_factory: pytest.TempPathFactory, executor: LocalExecutor) -> Path:
    """Eight rows and three functions that ran, for copying."""
    folder = create(tmp_path_factory.mktemp("ready") / "p")
    with opened(folder, executor) as project:
        for function in three_functions():
            project.save_function(function)
        project.refresh()
    return folder


@pytest.fixture
def project(ready_folder: Path, tmp_path: Path, executor: LocalExecutor) -> Iterator[Project]:
    """Three functions that ran: money on a, d, f; lunch on b, c, h; free on a, b, h."""
    folder = tmp_path / "p"
    shutil.copytree(ready_folder, folder)
    with opened(folder, executor) as project:
        project.refresh()
        yield project
