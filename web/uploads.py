"""Receives files of any size: streamed to disk, never held in memory."""

import re
import secrets
import time
from pathlib import Path

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from components.assets import address
from labeling.errors import ProjectError
from web.same_origin import is_same_origin

DEFAULT_MAX_BYTES = 5 * 1024**3
KEPT_SECONDS = 24 * 3600

_UPLOAD_ID = re.compile(r"[0-9a-f]{32}(\.[a-z0-9]{1,8})?")
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_NAME_LENGTH = 120


class _RefusedError(Exception):
    """An upload that is answered with an HTTP status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


class Uploads:
    """The uploaded files of one server, in a folder of its own."""

    def __init__(self, folder: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._remove_old_files()

    def route(self) -> Route:
        """Return the route that `components.uploader` posts to."""
        return Route(address("upload"), self._receive, methods=["POST"])

    def path(self, upload_id: str) -> Path:
        """Return where an uploaded file lies; its ending is that of the name it came with.

        Raises:
            ProjectError: there is no such upload (any more).
        """
        path = self._folder / upload_id
        if not _UPLOAD_ID.fullmatch(upload_id) or not path.is_file():
            raise ProjectError(
                "The uploaded file is no longer there.", remedy="Upload the file again."
            )
        return path

    def discard(self, upload_id: str) -> None:
        """Delete an uploaded file.

        Raises:
            ProjectError: there is no such upload (any more).
        """
        self.path(upload_id).unlink(missing_ok=True)

    async def _receive(self, request: Request) -> JSONResponse:
        try:
            return JSONResponse(await self._store(request))
        except _RefusedError as refused:
            return JSONResponse({"error": str(refused)}, status_code=refused.status)
        except ClientDisconnect:
            return JSONResponse({"error": "The upload was cancelled."}, status_code=400)
        except OSError as error:
            sentence = f"The server could not store the file: {error.strerror}."
            return JSONResponse({"error": sentence}, status_code=507)

    async def _store(self, request: Request) -> dict[str, object]:
        if not is_same_origin(request.headers):
            raise _RefusedError(403, "Files can be uploaded from Labelwright's own pages only.")
        self._check_size(int(request.headers.get("content-length", 0)))
        file_name = display_name(request.query_params.get("name", ""))
        ending = Path(file_name).suffix.lower()
        upload_id = secrets.token_hex(16) + (ending if _ENDING.fullmatch(ending) else "")
        partial = self._folder / f"{upload_id}.part"
        try:
            size = await self._write(request, partial)
            partial.replace(self._folder / upload_id)
        finally:
            partial.unlink(missing_ok=True)
        return {"upload_id": upload_id, "file_name": file_name, "size": size}

    async def _write(self, request: Request, path: Path) -> int:
        size = 0
        async with await anyio.open_file(path, "wb") as file:
            async for chunk in request.stream():
                size += len(chunk)
                self._check_size(size)
                await file.write(chunk)
        return size

    def _check_size(self, size: int) -> None:
        if size > self._max_bytes:
            limit = f"{self._max_bytes / 1024**2:,.0f} MB"
            remedy = "Split it, or import it on the server with cli.py."
            raise _RefusedError(413, f"The file is larger than the limit of {limit}. {remedy}")

    def _remove_old_files(self) -> None:
        # Not all files: another server on the same folder may be receiving one.
        oldest = time.time() - KEPT_SECONDS
        for path in self._folder.iterdir():
            ours = _UPLOAD_ID.fullmatch(path.name.removesuffix(".part"))
            if ours and path.is_file() and path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)


def display_name(sent: str) -> str:
    r"""Return a file name that is fit to show: no folders, no control characters, not too long.

    >>> display_name(r"C:\data\..\messages.csv")
    'messages.csv'
    """
    base = sent.replace("\\", "/").rpartition("/")[2]
    visible = "".join(char for char in base if char.isprintable()).strip()
    if len(visible) > _NAME_LENGTH:
        visible = "…" + visible[1 - _NAME_LENGTH :]
    return visible or "file"
