"""Announces new snapshots to the pages that show them, and what the engine is doing.

A worker thread calls `publish`; every listening page of that project is told within milliseconds.
Each client has a slot for the latest snapshot only, so a slow one skips some and delays nobody.
"""

import asyncio
import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping

import anyio
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from components.activity import Activity, activity
from components.assets import address
from labeling.snapshot import Numbers, Snapshot
from web.same_origin import is_same_origin

FORBIDDEN = 4403


Announcement = Mapping[str, object]
"""The numbers of a snapshot by name, and in `activity` what the engine of a project is doing.

`pages` is how many pages listen: for so many the server draws what is new.
"""


class _Client:
    """One connected page: the latest that it has to be told, and the event that wakes it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._wakened = asyncio.Event()
        self._newest: Announcement | None = None

    def offer(self, newest: Announcement) -> None:
        """Leave an announcement in the slot; callable from any thread, returns at once."""
        # A worker may publish while the server shuts down: then nobody is left to tell.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._keep, newest)

    def _keep(self, newest: Announcement) -> None:
        self._newest = newest
        self._wakened.set()

    async def latest(self) -> Announcement:
        """Wait for an announcement and take it."""
        while self._newest is None:
            await self._wakened.wait()
            self._wakened.clear()
        newest, self._newest = self._newest, None
        return newest


class Publisher:
    """What was announced last, and the pages that listen. Callable from any thread, never waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: dict[str, Announcement] = {}
        self._clients: defaultdict[str, set[_Client]] = defaultdict(set)

    def publish(self, project: str, snapshot: Snapshot) -> None:
        """Announce a project's newest snapshot."""
        self.announce(project, snapshot.numbers, activity(snapshot))

    def say(self, project: str, snapshot: Snapshot) -> None:
        """Tell what the engine is doing, and nothing for which a page would be drawn anew."""
        self.announce(project, None, activity(snapshot))

    def tell(self, topic: str, number: int) -> None:
        """Announce the newest state of what is not a project, such as one session's preview."""
        self.announce(topic, Numbers.of(number))

    def announce(self, name: str, numbers: Numbers | None, says: Activity | None = None) -> None:
        """Announce to all who listen to a name what the engine says, and numbers.

        Without numbers those that were announced last still hold.
        """
        with self._lock:
            known = self._newest.get(name) or Numbers.of(0)._asdict()
            new = known if numbers is None else numbers._asdict()
            self._newest[name] = {**new, "activity": None if says is None else says._asdict()}
            self._offer(name, self._clients.get(name, ()))

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
            if project in self._newest:
                self._offer(project, [client])

    def _offer(self, name: str, clients: Iterable[_Client]) -> None:
        for client in clients:
            client.offer({**self._newest[name], "pages": len(self._clients[name])})

    def _remove(self, project: str, client: _Client) -> None:
        with self._lock:
            self._clients[project].discard(client)
            if not self._clients[project]:
                del self._clients[project]


async def _tell(websocket: WebSocket, client: _Client) -> None:
    while True:
        newest = await client.latest()
        try:
            await websocket.send_json(newest)
        except WebSocketDisconnect:
            return


async def _until_gone(websocket: WebSocket) -> None:
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass
