"""Receives files of any size: streamed to disk, never held in memory, never filling the disk."""

import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from components.assets import address
from labeling.errors import ProjectError
from web.same_origin import is_same_origin

KEPT_SECONDS = 24 * 3600

_UPLOAD_ID = re.compile(r"[0-9a-f]{32}(\.[a-z0-9]{1,8})?")
_ENDING = re.compile(r"\.[a-z0-9]{1,8}")
_NAME_LENGTH = 120
_CHECK_EVERY = 16 * 1024**2
_BY_COMMAND = "import it on the server with cli.py."


@dataclass(frozen=True)
class Limits:
    """What uploads may take of the server."""

    file_bytes: int = 5 * 1024**3
    folder_bytes: int = 20 * 1024**3
    """All files together that wait for their import."""
    kept_free_bytes: int = 1024**3
    """What stays free on the disk: a database on a full disk loses its connection."""
    at_once: int = 8
    silent_seconds: float = 60.0
    """An upload that sends nothing for so long is given up."""


class _RefusedError(Exception):
    """An upload that is answered with an HTTP status and a sentence for the person."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status = status
        super().__init__(sentence)


class Uploads:
    """The uploaded files of one server, in a folder of its own."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self._folder = folder
        self._limits = limits or Limits()
        self._receiving = 0
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
        if not _UPLOAD_ID.fullmatch(upload_id) or path.is_symlink() or not path.is_file():
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
        if self._receiving >= self._limits.at_once:
            raise _RefusedError(429, "Other files are arriving. Choose the file again in a minute.")
        self._receiving += 1
        try:
            return await self._receive_file(request)
        finally:
            self._receiving -= 1

    async def _receive_file(self, request: Request) -> dict[str, object]:
        await anyio.to_thread.run_sync(self._remove_old_files)
        declared = _declared_size(request)
        self._check_size(declared)
        self._check_room(declared)
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
        size, checked = 0, 0
        async with await anyio.open_file(path, "wb") as file:
            async for chunk in _in_time(request.stream(), self._limits.silent_seconds):
                size += len(chunk)
                self._check_size(size)
                if size - checked >= _CHECK_EVERY:
                    self._check_room(len(chunk))
                    checked = size
                await file.write(chunk)
        self._check_room(0)
        return size

    def _check_size(self, size: int) -> None:
        if size > self._limits.file_bytes:
            limit = f"{self._limits.file_bytes / 1024**2:,.0f} MB"
            remedy = f"Split it, or {_BY_COMMAND}"
            raise _RefusedError(413, f"The file is larger than the limit of {limit}. {remedy}")

    def _check_room(self, more: int) -> None:
        """Refuse what would fill the folder or the disk."""
        waiting = sum(found.st_size for found in self._files().values())
        if waiting + more > self._limits.folder_bytes:
            what = "The files that wait for their import leave no room for this one."
            raise _RefusedError(507, f"{what} Import or remove those first, or {_BY_COMMAND}")
        if shutil.disk_usage(self._folder).free - more < self._limits.kept_free_bytes:
            raise _RefusedError(507, "The server's disk is almost full. Make room on it first.")

    def _files(self) -> dict[Path, os.stat_result]:
        """Return the uploads that are there, unfinished ones included."""
        ours = [
            path
            for path in self._folder.iterdir()
            if _UPLOAD_ID.fullmatch(path.name.removesuffix(".part"))
        ]
        found = ((path, _state(path)) for path in ours)
        return {path: state for path, state in found if state and stat.S_ISREG(state.st_mode)}

    def _remove_old_files(self) -> None:
        # Not all files: another server on the same folder may be receiving one.
        oldest = time.time() - KEPT_SECONDS
        for path, state in self._files().items():
            if state.st_mtime < oldest:
                path.unlink(missing_ok=True)


def _state(path: Path) -> os.stat_result | None:
    """Return what is known of a file, None where it went away meanwhile."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def _declared_size(request: Request) -> int:
    """Return the size the request announces, 0 where it announces none."""
    text = request.headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit()):
        raise _RefusedError(400, "The request's Content-Length is no number.")
    return int(text)


async def _in_time(chunks: AsyncIterator[bytes], seconds: float) -> AsyncIterator[bytes]:
    """Pass chunks on; give up where none comes for so long."""
    while True:
        try:
            with anyio.fail_after(seconds):
                chunk = await anext(chunks)
        except StopAsyncIteration:
            return
        except TimeoutError:
            stalled = f"Nothing of the file arrived for {seconds:g} seconds."
            raise _RefusedError(408, f"{stalled} Choose the file again.") from None
        yield chunk


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
