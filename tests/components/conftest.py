"""The harness app, served once for the browser tests of a module."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.serving import served

# Scripts for a Streamlit server: importing them to look for doctests makes no sense.
collect_ignore = ["harness"]
HARNESS = Path(__file__).parent / "harness" / "app.py"


@pytest.fixture(scope="session")
def uploads_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which the harness stores uploads."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="session")
def harness(uploads_folder: Path) -> Iterator[str]:
    """Serve the harness and return its address."""
    with served(HARNESS, {"HARNESS_UPLOADS": str(uploads_folder)}, copied=True) as address:
        yield address
