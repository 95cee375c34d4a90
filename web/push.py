"""Announces new snapshot versions to the pages that show them.

A worker thread calls `publish`; every listening page of that project is told within milliseconds.
Each client has a slot for the latest version only, so a slow one skips versions and delays nobody.
"""

import asyncio
import contextlib
import threading
from collections import defaultdict

import anyio
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from components.assets import address
from labeling.snapshot import Numbers
from web.same_origin import is_same_origin

FORBIDDEN = 4403


class _Client:
    """One connected page: the latest numbers it has to be told, and the event that wakes it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._wakened = asyncio.Event()
        self._numbers: Numbers | None = None

    def offer(self, numbers: Numbers) -> None:
        """Leave the numbers in the slot; callable from any thread, returns at once."""
        # A worker may publish while the server shuts down: then nobody is left to tell.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._keep, numbers)

    def _keep(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._wakened.set()

    async def latest(self) -> Numbers:
        """Wait for numbers and take them."""
        while self._numbers is None:
            await self._wakened.wait()
            self._wakened.clear()
        numbers, self._numbers = self._numbers, None
        return numbers


class Publisher:
    """The versions last published, and the pages that listen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[str, Numbers] = {}
        self._clients: defaultdict[str, set[_Client]] = defaultdict(set)

    def publish(self, project: str, numbers: Numbers) -> None:
        """Announce a project's newest snapshot; callable from any thread, never waits."""
        with self._lock:
            self._numbers[project] = numbers
            for client in self._clients.get(project, ()):
                client.offer(numbers)

    def route(self) -> WebSocketRoute:
        """Return the WebSocket route that `components.listener` connects to."""
        return WebSocketRoute(address("push"), self._serve)

    async def _serve(self, websocket: WebSocket) -> None:
        # A close code reaches the browser only after the handshake.
        await websocket.accept()
        if not is_same_origin(websocket.headers):
            await websocket.close(FORBIDDEN, "Only Labelwright's own pages may listen.")
            return
        project = websocket.query_params.get("project", "")
        client = _Client()
        self._add(project, client)
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_tell, websocket, client)
                await _until_gone(websocket)
                tasks.cancel_scope.cancel()
        finally:
            self._remove(project, client)

    def _add(self, project: str, client: _Client) -> None:
        with self._lock:
            self._clients[project].add(client)
            if project in self._numbers:
                client.offer(self._numbers[project])

    def _remove(self, project: str, client: _Client) -> None:
        with self._lock:
            self._clients[project].discard(client)
            if not self._clients[project]:
                del self._clients[project]


async def _tell(websocket: WebSocket, client: _Client) -> None:
    while True:
        numbers = await client.latest()
        try:
            await websocket.send_json(numbers._asdict())
        except WebSocketDisconnect:
            return


async def _until_gone(websocket: WebSocket) -> None:
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
