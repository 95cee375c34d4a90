"""Our own addresses beside Streamlit's: push, upload and export download; and what guards all."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from components.assets import address
from labeling.errors import ProjectError
from web.guard import Guard
from web.security_headers import SecurityHeaders
from web.services import services
from web.static_assets import asset_route


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
    return [Middleware(SecurityHeaders), Middleware(Guard)]


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
