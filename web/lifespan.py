"""What the server does when it starts and stops."""

import gc
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from anyio import to_thread
from streamlit import App

from web.services import close_services, services

log = logging.getLogger(__name__)


@asynccontextmanager
async def lifespan(_app: App) -> AsyncGenerator[None, None]:
    """Load what pages need before the first visitor, and close the projects at the end."""
    await to_thread.run_sync(_warm_up)
    yield
    await to_thread.run_sync(close_services)


def _warm_up() -> None:
    """Import the heavy libraries and open the first project, before garbage is frozen."""
    import pages.studio  # noqa: F401 - both are imported for what they load

    names = services().workspace.projects()
    if names:
        services().workspace.open(names[0])
    gc.collect()
    gc.freeze()
