"""Serves the built browser code of the components."""

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from components.assets import BUILT_FOLDER, address, digest


def asset_route() -> Route:
    """Return the route behind the addresses that `components.assets.component` hands out."""
    return Route(address("assets/{digest}/{file_name}"), _serve, methods=["GET"])


async def _serve(request: Request) -> Response:
    file_name = request.path_params["file_name"]
    if file_name not in {built.name for built in BUILT_FOLDER.glob("*.js")}:
        return PlainTextResponse("There is no such file.", status_code=404)
    current = request.path_params["digest"] == digest(file_name)
    caching = "public, max-age=31536000, immutable" if current else "no-store"
    return FileResponse(
        BUILT_FOLDER / file_name,
        media_type="text/javascript",
        headers={"Cache-Control": caching, "X-Content-Type-Options": "nosniff"},
    )
