"""What one server process has once: the workspace, the worker pool, push and uploads."""

import atexit
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from labeling.errors import WorkerError
from labeling.execution.isolation import isolation_settings
from labeling.execution.local import LocalExecutor
from labeling.sample import create_sample
from labeling.workspace import SAMPLE_NAME, Workspace, projects_folder
from storage import DuckDBOpener
from web.people import People
from web.push import Publisher
from web.uploads import Uploads

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Services:
    """The long-lived parts that routes and pages share."""

    workspace: Workspace
    publisher: Publisher
    uploads: Uploads
    people: People


_lock = threading.Lock()
_services: Services | None = None


def services() -> Services:
    """Return the services of this process, built at the first call."""
    global _services  # noqa: PLW0603 - one server process has one workspace
    with _lock:
        if _services is None:
            _services = _build()
            atexit.register(close_services)
        return _services


def close_services() -> None:
    """Close every project and end the workers."""
    global _services  # noqa: PLW0603
    with _lock:
        if _services is not None:
            _services.workspace.close()
            _services.people.close()
            _services = None


def _build() -> Services:
    """LABELWRIGHT_PROJECT shows one project; else all in LABELWRIGHT_PROJECTS or ./projects."""
    only = os.environ.get("LABELWRIGHT_PROJECT")
    folder = Path(only).parent if only else projects_folder()
    if not only:
        ensure_sample(folder)
    publisher = Publisher()
    return Services(
        workspace=Workspace(
            folder,
            DuckDBOpener(),
            _executor(),
            publish=publisher.publish,
            tell=publisher.tell,
            say=publisher.say,
            only=Path(only).name if only else None,
            make_sample=make_sample,
        ),
        publisher=publisher,
        uploads=Uploads(folder / ".uploads"),
        people=People(folder),
    )


def _executor() -> LocalExecutor:
    """Raises WorkerError where the workers lack a layer that the settings require."""
    settings = isolation_settings(os.environ)
    executor = LocalExecutor(isolation=settings)
    if settings.require:
        try:
            executor.isolation()
        except WorkerError:
            executor.close()
            raise
    executor.warm()
    return executor


def ensure_sample(folder: Path) -> None:
    """Give a new workspace the sample project to look at; one that is there and empty offers it."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    make_sample(folder / SAMPLE_NAME)


def make_sample(folder: Path) -> None:
    """Create the sample project."""
    create_sample(folder, DuckDBOpener(), ROOT / "sample_data")
