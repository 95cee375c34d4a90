"""The harness app, served once for the browser tests of a module."""

from pathlib import Path

import pytest

from tests.conftest import ServeApp

# Scripts for a Streamlit server: importing them to look for doctests makes no sense.
collect_ignore = ["harness"]
HARNESS = Path(__file__).parent / "harness" / "app.py"


@pytest.fixture(scope="session")
def uploads_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which the harness stores uploads."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="session")
def harness(serve_app: ServeApp, uploads_folder: Path) -> str:
    """Serve the harness and return its address."""
    return serve_app(HARNESS, {"HARNESS_UPLOADS": str(uploads_folder)})
