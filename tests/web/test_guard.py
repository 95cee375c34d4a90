"""The guard: only requests to our own name, and from our own pages, reach a route."""

from collections.abc import Iterator

import pytest
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.web.serving import Served, served
from web.guard import Guard, is_our_host
from web.security_headers import SecurityHeaders, security_headers


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """Serve one page and one WebSocket behind the guard."""

    async def page(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("a page")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("a socket")
        await websocket.close()

    routes = [Route("/page", page, methods=["GET", "POST"]), WebSocketRoute("/socket", socket)]
    with served(routes, [Middleware(SecurityHeaders), Middleware(Guard)]) as running:
        yield running


def ask(server: Served, method: str, **headers: str) -> tuple[int, bytes]:
    answer = server.ask(method, "/page", headers=headers)
    return answer.status, answer.body


def test_a_link_that_is_followed_and_a_program_are_answered(server: Served) -> None:
    """Neither sends an Origin."""
    assert ask(server, "GET") == (200, b"a page")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_our_own_page_is_answered(server: Served, method: str) -> None:
    """Its Origin is the Host that it asks."""
    assert ask(server, method, Origin=server.origin) == (200, b"a page")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "http://127.0.0.1:9", "null", "", "file://"]
)
def test_a_page_of_another_origin_is_refused(server: Served, method: str, origin: str) -> None:
    """Another site, another port, and pages without an origin of their own."""
    assert ask(server, method, Origin=origin) == (
        403,
        b'{"error":"Only Labelwright\'s own pages may send requests here."}',
    )


MALFORMED = [
    "http://[",
    "http://[::1",
    "http://]/",
    "http://[1::g]",
    "http://[v1.x",
    "//[]",
    "\xff",
]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("origin", MALFORMED)
def test_an_origin_that_is_no_address_is_refused(server: Served, method: str, origin: str) -> None:
    """Like a foreign one, and without an error of the server."""
    assert ask(server, method, Origin=origin)[0] == 403


def test_a_name_that_is_not_ours_is_refused(server: Served) -> None:
    """A name of another site may point to this machine: its pages are not ours."""
    host = f"elsewhere.example:{server.port}"
    status, body = ask(server, "GET", Host=host, Origin=f"http://{host}")
    assert status == 403
    assert body.decode().startswith(
        f'{{"error":"This server does not answer to the name \'{host}\''
    )


@pytest.mark.parametrize(
    ("host", "allowed", "ours"),
    [
        ("localhost", [], True),
        ("LocalHost.:8501", [], True),
        ("127.0.0.1:8501", [], True),
        ("[::1]:8501", [], True),
        ("192.0.2.7", [], True),
        ("elsewhere.example", [], False),
        ("localhost.elsewhere.example", [], False),
        ("127.0.0.1.elsewhere.example", [], False),
        ("", [], False),
        ("localhost:port", [], False),
        ("localhost/path", [], False),
        ("localhost?x", [], False),
        ("localhost#x", [], False),
        ("user@localhost", [], False),
        ("[::1", [], False),
        ("labels.example.org", ["Labels.Example.org"], True),
        ("labels.example.org", ["*.example.org"], True),
        ("example.org", ["*.example.org"], False),
        ("badexample.org", ["*.example.org"], False),
        ("elsewhere.example", ["*"], True),
    ],
)
def test_host_headers(host: str, allowed: list[str], ours: bool) -> None:
    """Addresses and localhost are ours; another name has to be allowed."""
    assert is_our_host(host, allowed) is ours


def socket_url(server: Served) -> str:
    return f"ws://{server.host}:{server.port}/socket"


def test_our_own_page_may_open_a_websocket(server: Served) -> None:
    """The handshake of our own page is accepted."""
    with connect(socket_url(server), origin=server.origin) as socket:
        assert socket.recv() == "a socket"


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", None, "http://[", "http://[::1", "//[]"]
)
def test_another_page_may_not_open_a_websocket(server: Served, origin: str | None) -> None:
    """The handshake is answered with 403; a handshake without an Origin is no browser's."""
    with pytest.raises(InvalidStatus) as refused, connect(socket_url(server), origin=origin):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("path", ["/page", "/no-such-page"])
def test_every_answer_carries_the_security_headers(server: Served, path: str) -> None:
    """Errors and refusals, too."""
    for headers in ({}, {"Origin": "https://elsewhere.example"}):
        answer = server.ask("GET", path, headers=headers)
        for name, value in security_headers():
            assert answer.headers[name.decode()] == value.decode()
