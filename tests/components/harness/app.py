"""Launches the harness with the routes that the components need."""

import os
from pathlib import Path

import streamlit as st
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from components.activity import Activity
from labeling.snapshot import Numbers
from web.ended_runs import keep_what_ended_runs_drew
from web.push import Publisher
from web.static_assets import asset_route
from web.uploads import Limits, Uploads

keep_what_ended_runs_drew()  # as the app does
publisher = Publisher()
uploads = Uploads(Path(os.environ["HARNESS_UPLOADS"]), Limits(file_bytes=20 * 1024**2))


async def _publish(request: Request) -> PlainTextResponse:
    """Publish versions first..last from a worker thread, as the engine does."""
    first, last = (int(request.query_params[name]) for name in ("first", "last"))
    said = request.query_params.get("said")
    says = None if said is None else Activity(last, said, 0.25, ("f fails: <b>no</b>",))

    def work() -> None:
        for version in range(first, last + 1):
            publisher.announce("demo", Numbers.of(version), says)

    await to_thread.run_sync(work)
    return PlainTextResponse("published")


app = st.App(
    str(Path(__file__).parent / "main.py"),
    routes=[
        publisher.route(),
        uploads.route(),
        asset_route(),
        Route("/harness/publish", _publish),
    ],
)
