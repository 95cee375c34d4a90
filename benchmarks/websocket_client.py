"""A browser page without a browser: speaks Streamlit's protocol and hears Labelwright's pushes.

Twenty people have twenty machines; twenty tabs on the machine of the server share its cores with
it. A `Session` does what a page does on the wire: it asks for a page, takes every message, and when
a newer snapshot is announced, it runs the fragments that listen, at most ten times a second.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

SHORTEST_GAP = 0.1
LISTENER = "listener"
OnMessage = Callable[[ForwardMsg], None]


class Session:
    """One open page; `on_message` is told every message of the server.

    A page that no listener is on does not hear what is pushed: `hears` is False for it.
    """

    def __init__(
        self, url: str, page: str, on_message: OnMessage, *, hears: bool = True, **query: str
    ) -> None:
        self.url, self.page, self.query = url, page, query
        self.on_message, self.hears = on_message, hears
        self.received_bytes = 0
        self.reruns = 0
        self._listeners: dict[str, tuple[str, dict[str, Any]]] = {}
        self._told: dict[str, int] = {}
        self._waiting: set[str] = set()
        self._states: dict[str, WidgetState] = {}
        self._running = False
        self._finished = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._sockets: list[ClientConnection] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Connect, and wait until the page is drawn."""
        address = self.url.replace("http", "ws", 1)
        self._socket = await connect(
            f"{address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.url,  # type: ignore[arg-type]
            max_size=None,
        )
        self._tasks.append(asyncio.create_task(self._receive()))
        self._sockets.append(self._socket)
        await self.rerun()
        if not self.hears:
            return
        project = self.query.get("project", "")
        push = await connect(
            f"{address}/labelwright/push?{urlencode({'project': project})}",
            origin=self.url,  # type: ignore[arg-type]
        )
        self._sockets.append(push)
        self._tasks.append(asyncio.create_task(self._hear(push, project)))

    async def close(self) -> None:
        """Leave the page."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for socket in self._sockets:
            await socket.close()

    async def rerun(self, fragment: str = "", triggers: dict[str, str] | None = None) -> None:
        """Run the page or one of its fragments, and wait for its end.

        `triggers`: JSON by widget id, sent once with what the page's listeners have heard.
        """
        self._finished.clear()
        await self.ask(fragment, triggers)
        await self._finished.wait()

    def put(self, state: WidgetState) -> None:
        """Send what a widget holds with every run from now on."""
        self._states[state.id] = state

    async def ask(self, fragment: str = "", triggers: dict[str, str] | None = None) -> None:
        """Ask for a run of the page or one of its fragments, as `rerun`; do not wait for it."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = urlencode(self.query)
        asked.page_name = self.page
        asked.fragment_id = fragment
        asked.widget_states.widgets.extend(self._states.values())
        for widget, value in (triggers or {}).items():
            state = asked.widget_states.widgets.add()
            state.id, state.json_trigger_value = widget, value
        self.reruns += 1
        assert self._socket is not None
        await self._socket.send(message.SerializeToString())

    async def _receive(self) -> None:
        assert self._socket is not None
        async for data in self._socket:
            assert isinstance(data, bytes)
            self.received_bytes += len(data)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "script_finished":
                self._finished.set()
            element = message.delta.new_element
            if element.WhichOneof("type") == "bidi_component":
                mounted = element.bidi_component
                if mounted.component_name.endswith(LISTENER):
                    of, fragment = json.loads(mounted.json), message.delta.fragment_id
                    if "follows" in of:  # else it says what the engine does, and asks for nothing
                        self._listeners[mounted.id] = (fragment, of)
            self.on_message(message)

    async def _hear(self, push: ClientConnection, project: str) -> None:
        latest: list[dict[str, int]] = []
        told = asyncio.Event()

        async def listen() -> None:
            async for text in push:
                latest.append(json.loads(text))
                told.set()

        self._tasks.append(asyncio.create_task(listen()))
        while True:
            await told.wait()
            told.clear()
            started = time.monotonic()
            for widget in sorted(self._listeners):
                if widget not in self._waiting:
                    self._tasks.append(asyncio.create_task(self._tell(widget, project, latest)))
            await asyncio.sleep(max(0.0, SHORTEST_GAP - (time.monotonic() - started)))

    async def _tell(self, widget: str, project: str, latest: list[dict[str, int]]) -> None:
        """Ask for the fragment of a listener, once for each version that it does not show."""
        _, of = self._listeners[widget]
        if max(latest[-1][one] for one in of["follows"]) == self._told.get(widget):
            return
        self._waiting.add(widget)
        after = of["after_ms"]
        wanted = max(after["a_page"] * latest[-1]["pages"], after["least"])
        await asyncio.sleep(min(wanted, after["most"]) / 1000)
        self._waiting.discard(widget)
        fragment, of = self._listeners[widget]
        version = max(latest[-1][one] for one in of["follows"])
        self._told[widget] = version
        if version > of["seen"]:
            live = {"live": {"project": project, "version": version}}
            self.put(WidgetState(id=widget, json_value=json.dumps(live)))
            await self.ask(fragment)
