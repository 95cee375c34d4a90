"""The app that most browser tests open."""

import pytest

from tests.browser.serving import REPOSITORY
from tests.conftest import ServeApp


@pytest.fixture(scope="module")
def app(serve_app: ServeApp, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a new workspace, which gets the sample project."""
    projects = tmp_path_factory.mktemp("workspace") / "projects"
    return serve_app(REPOSITORY / "app.py", env={"LABELWRIGHT_PROJECTS": str(projects)})
