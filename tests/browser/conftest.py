"""The app that most browser tests open."""

from pathlib import Path

import pytest

from tests.browser.serving import REPOSITORY
from tests.conftest import ServeApp


@pytest.fixture(scope="module")
def shared_app(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a workspace that the tests of a module share; it gets the sample project."""
    return _serve_new(serve_app, tmp_path_factory.mktemp("workspace"))


@pytest.fixture
def app(request: pytest.FixtureRequest, serve_app: ServeApp, tmp_path: Path) -> str:
    """The shared app; a second try gets a new one, for the first may have changed what it shows."""
    if getattr(request.node, "execution_count", 1) > 1:
        return _serve_new(serve_app, tmp_path)
    shared: str = request.getfixturevalue("shared_app")
    return shared


def _serve_new(serve_app: ServeApp, folder: Path) -> str:
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(folder / "projects")})
