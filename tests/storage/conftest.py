"""A project in a temporary folder, and files to import into it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labeling.store import ImportPlan, ProjectInfo, Store
from storage import DuckDBOpener

CLASSES = ("ham", "spam")
ROWS = (
    b"id,text,gold,split,stars\n"
    b"a,Win CASH now,spam,train,1\n"
    b"b,see you at 5,ham,test,5\n"
    b"c,100% free_offer,,,2\n"
    b"d,hello there,,dev,3\n"
    b"e,cash? no,,test,4\n"
)
WriteFile = Callable[[str, bytes], Path]


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty project, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("empty") / "project"
    DuckDBOpener().create(folder, ProjectInfo("demo", CLASSES)).close()
    return folder


@pytest.fixture(scope="session")
def filled_project(empty_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project of five rows, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("filled") / "project"
    shutil.copytree(empty_project, folder)
    path = folder.with_name("rows.csv")
    path.write_bytes(ROWS)
    store = DuckDBOpener().open(folder)
    store.import_rows(ImportPlan(path, "text", "id", "gold", "split"))
    store.close()
    return folder


@pytest.fixture
def store(empty_project: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty project with the classes ham and spam."""
    yield from _opened(empty_project, tmp_path)


@pytest.fixture
def filled(filled_project: Path, tmp_path: Path) -> Iterator[Store]:
    """A project of five rows; rows 0 and 1 have imported gold, rows 1 and 4 are test rows."""
    yield from _opened(filled_project, tmp_path)


def _opened(template: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(template, tmp_path / "project")
    opened = DuckDBOpener().open(tmp_path / "project")
    yield opened
    opened.close()


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Write bytes to a file of this name and return its path."""

    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write
