"""A real server for our own routes, in a thread, and requests to it."""

import http.client
import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    body: bytes
    headers: dict[str, str]

    def json(self) -> dict[str, object]:
        """Return the body as the JSON object it is."""
        parsed: dict[str, object] = json.loads(self.body)
        return parsed


@dataclass(frozen=True)
class Served:
    """A running server; its own pages have the origin `origin`."""

    port: int
    host: str = field(default="127.0.0.1", init=False)

    @property
    def origin(self) -> str:
        """Return what browsers send as Origin from a page of this server."""
        return f"http://{self.host}:{self.port}"

    def get(self, path: str) -> Answer:
        """Send a GET request, the path exactly as it is given."""
        return self.ask("GET", path)

    def post(self, path: str, body: bytes | Iterable[bytes], origin: str | None) -> Answer:
        """Send a POST request; an iterable body goes out chunked, without a declared size."""
        return self.ask("POST", path, body, {"Origin": origin} if origin is not None else {})

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] = b"",
        headers: Mapping[str, str] = {},
    ) -> Answer:
        """Send a request; `headers` replace those that are sent otherwise."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=10)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), dict(answer.headers.items()))
        finally:
            connection.close()


@contextmanager
def served(routes: Iterable[BaseRoute], middleware: Sequence[Middleware] = ()) -> Iterator[Served]:
    """Serve routes on a free loopback port."""
    app = Starlette(routes=list(routes), middleware=middleware)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.005)
        yield Served(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
