"""Ends the WebSockets of people whose session or access ended while a page was open.

The gate asks who is there before a socket opens. A socket stays open for hours, and what ends a
session may be done by another process, so whoever listens is asked for again and again.
"""

import asyncio
import logging
from collections.abc import Callable, Collection
from functools import partial
from typing import Generic, TypeVar

import anyio
from anyio import to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CHECK_SECONDS = 0.5
CLOSE_SECONDS = 2.0
SESSION_ENDED = 4401
log = logging.getLogger(__name__)

Visit = TypeVar("Visit")


class _Socket:
    """One open socket; after its end nothing is sent to the browser any more."""

    def __init__(self, send: Send) -> None:
        self._send, self._over = send, False

    async def send(self, message: Message) -> None:
        """Pass on what the app sends, or drop it after the end."""
        if not self._over:
            await self._send(message)

    async def end(self) -> None:
        """Close it; a browser that does not answer is not waited for."""
        self._over = True
        with anyio.move_on_after(CLOSE_SECONDS):
            reason = "This is not open to you any more."
            close = {"type": "websocket.close", "code": SESSION_ENDED, "reason": reason}
            await self._send(close)


class OpenSockets(Generic[Visit]):
    """The sockets that are open, each with what tells whether it may stay."""

    def __init__(self, may_stay: Callable[[Visit], bool]) -> None:
        """`may_stay` is asked in another thread, each CHECK_SECONDS."""
        self._may_stay = may_stay
        self._open: dict[_Socket, Visit] = {}
        self._watching: asyncio.Task[None] | None = None

    async def serve(
        self, visit: Visit, app: ASGIApp, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let the app serve a socket until it ends, or may not stay any more."""
        socket = _Socket(send)
        self._open[socket] = visit
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        try:
            await app(scope, receive, socket.send)
        finally:
            self._open.pop(socket, None)

    async def _watch(self) -> None:
        while self._open:
            await asyncio.sleep(CHECK_SECONDS)
            over = await to_thread.run_sync(partial(self._over, dict(self._open)))
            async with anyio.create_task_group() as ending:
                for socket in over:
                    self._open.pop(socket, None)
                    ending.start_soon(socket.end)

    def _over(self, sockets: dict[_Socket, Visit]) -> Collection[_Socket]:
        try:
            return [socket for socket, visit in sockets.items() if not self._may_stay(visit)]
        except Exception:  # whatever it is, nobody stays because of it
            log.exception("who may keep a socket could not be found out: all are closed")
            return sockets
