"""Our own addresses beside Streamlit's: push, upload and export download; and the headers."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.assets import address
from labeling.errors import ProjectError
from web.services import services
from web.static_assets import asset_route

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
}


def routes() -> list[BaseRoute]:
    """Return the routes that stand beside Streamlit's."""
    shared = services()
    return [
        shared.publisher.route(),
        shared.uploads.route(),
        asset_route(),
        Route(address("export/{project}/{name}"), _download, methods=["GET"]),
    ]


def middleware() -> list[Middleware]:
    """Return what every request passes through."""
    return [Middleware(SecurityHeaders)]


class SecurityHeaders:
    """Adds headers that keep browsers from guessing types or framing the app elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                added = [(k, v) for k, v in _HEADERS.items() if k not in present]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _download(request: Request) -> Response:
    """Stream an exported CSV or its manifest from the project's own folder."""
    try:
        project = services().workspace.open(request.path_params["project"])
    except ProjectError as error:
        return JSONResponse({"error": str(error)}, status_code=404)
    asked = request.path_params["name"]
    for csv in project.exports():
        for path in (csv, csv.with_suffix(".manifest.json")):
            if path.name == asked and path.is_file():
                return _attachment(path)
    return JSONResponse({"error": f"There is no export {asked!r}."}, status_code=404)


def _attachment(path: Path) -> Response:
    kind = "text/csv; charset=utf-8" if path.suffix == ".csv" else "application/json"
    return FileResponse(path, filename=path.name, media_type=kind)
