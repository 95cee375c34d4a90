"""Sends an exported CSV or its manifest from the project's own folder, and no other file.

What is sent is the file that was opened, not what has its name a moment later: a link that took the
name is not followed, nor one that took that of the folder.
"""

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import anyio
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from components.assets import address
from labeling.errors import ProjectError
from labeling.export_target import manifest_of

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
"""A pipe that has the name of an export must not make the server wait for its other end."""


def download_route(exports: Callable[[str], Sequence[Path]]) -> Route:
    """Return the route of downloads.

    `exports` gives the exported CSVs of the project of this name, or raises ProjectError.
    """

    def find(project: str, name: str) -> Path | None:
        files = (file for csv in exports(project) for file in (csv, manifest_of(csv)))
        return next((path for path in files if path.name == name), None)

    async def download(request: Request) -> Response:
        name = request.path_params["name"]
        try:
            path = await anyio.to_thread.run_sync(find, request.path_params["project"], name)
        except ProjectError as error:
            return _not_found(str(error))
        if path is None:
            return _not_found(f"There is no export {name!r}.")
        try:
            # Here and not in a thread: whoever is cancelled while he waits would leave it open.
            return _Attachment(_opened(path), path)
        except OSError:
            return _not_found(f"There is no file {name!r} in the project's exports.")

    return Route(address("export/{project}/{name}"), download, methods=["GET"])


class _Attachment(FileResponse):
    """Sends an open file, whole or the ranges that are asked for, and closes it."""

    def __init__(self, descriptor: int, path: Path) -> None:
        self._descriptor = descriptor
        super().__init__(
            f"/dev/fd/{descriptor}",
            stat_result=os.fstat(descriptor),
            filename=path.name,
            media_type="text/csv; charset=utf-8" if path.suffix == ".csv" else "application/json",
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            os.close(self._descriptor)


def _opened(path: Path) -> int:
    """Return a descriptor of the file; OSError where it is none, or a link leads to it."""
    folder = os.open(path.parent, _FOLDER)
    try:
        descriptor = os.open(path.name, _FILE, dir_fd=folder)
    finally:
        os.close(folder)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileNotFoundError(path)
    return descriptor


def _not_found(sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status_code=404)
