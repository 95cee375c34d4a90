"""The gate and the sign-in page: nothing is reached without a session and the role."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from labeling.people import passwords, sessions
from labeling.people.accounts import MOST_FAILURES_OF_NAME, Accounts
from storage.accounts import SQLiteAccounts, accounts_file
from tests.web.serving import Answer, Served, served
from web.gate import Gate
from web.guard import Guard
from web.open_sockets import SESSION_ENDED
from web.people import People
from web.sign_in import sign_in_routes

PASSWORD = "correct horse battery"
PATHS = [
    "/",
    "/studio",
    "/media/0123456789abcdef.png",
    "/labelwright/upload",
    "/labelwright/export/p/labels.csv",
    "/_stcore/host-config",
    "/labelwright/sign-in/",
    "/labelwright/sign-in/../upload",
]


@pytest.fixture(autouse=True)
def _cheap_scrypt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests quick; the real cost has a test of its own."""
    monkeypatch.setattr(passwords, "_N", 2**4)


@pytest.fixture
def projects(tmp_path: Path) -> Path:
    """A folder of projects with mara, an admin, ann, an annotator, and rae, a reviewer."""
    store = SQLiteAccounts(accounts_file(tmp_path))
    accounts = Accounts(store)
    for name, role in (("mara", "admin"), ("ann", "annotator"), ("rae", "reviewer")):
        accounts.add(name, PASSWORD, [role])
    store.close()
    return tmp_path


@pytest.fixture
def server(projects: Path) -> Iterator[Served]:
    """A server that answers every address and a WebSocket behind the gate."""
    with serving(projects) as running:
        yield running


def serving(projects: Path) -> AbstractContextManager[Served]:
    """Serve what stands for the app."""

    async def anything(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("inside")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("inside")
        if websocket.query_params.get("stay"):
            with suppress(WebSocketDisconnect):
                while True:
                    await websocket.send_text(await websocket.receive_text())
        else:
            await websocket.close()

    people = People(projects)
    routes = [
        *sign_in_routes(people.accounts),
        WebSocketRoute("/{path:path}", socket),
        Route("/{path:path}", anything, methods=["GET", "POST"]),
    ]
    return served(routes, [Middleware(Guard), Middleware(Gate, people=people.accounts)])


def post(server: Served, path: str, fields: dict[str, str], **headers: str) -> Answer:
    """Send a form as our own page does, unless `headers` say otherwise."""
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Origin": server.origin}
    return server.ask("POST", path, urlencode(fields).encode(), {**sent, **headers})


def sign_in(server: Served, name: str, password: str = PASSWORD) -> Answer:
    return post(server, "/labelwright/sign-in", {"name": name, "password": password})


def cookie_of(answer: Answer) -> str:
    """Return what a browser would send back."""
    return answer.headers["set-cookie"].partition(";")[0]


def get(server: Served, path: str, cookie: str, **headers: str) -> int:
    return server.ask("GET", path, headers={"Cookie": cookie, **headers}).status


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "cookie", ["", "labelwright_session=made-up", "labelwright_session=", ";;="]
)
def test_nothing_is_reached_without_a_session(server: Served, path: str, cookie: str) -> None:
    """Pages, media, uploads and exports; and no header that a client sends opens it."""
    claims = {
        "X-Forwarded-User": "mara",
        "X-Remote-User": "mara",
        "Authorization": "Basic bWFyYQ==",
    }
    answer = server.ask("GET", path, headers={"Cookie": cookie, **claims})
    assert (answer.status, b"inside" in answer.body) == (401, False)


def test_a_browser_is_led_to_the_sign_in_page_and_back(server: Served) -> None:
    """It comes out where it wanted to go."""
    led = server.ask("GET", "/dashboard?project=p&x=1", headers={"Accept": "text/html"})
    assert led.status == 303
    assert led.headers["location"] == "/labelwright/sign-in?next=%2Fdashboard%3Fproject%3Dp%26x%3D1"
    page = server.get(led.headers["location"])
    assert page.status == 200
    (action,) = re.findall(rb'action="([^"]+)"', page.body)
    came = post(server, action.decode(), {"name": "ann", "password": PASSWORD})
    assert (came.status, came.headers["location"]) == (303, "/dashboard?project=p&x=1")
    assert get(server, "/dashboard", cookie_of(came)) == 200


def test_a_websocket_without_a_session_is_refused(server: Served) -> None:
    """Before the handshake is answered; with one it opens."""
    address = server.origin.replace("http", "ws") + "/_stcore/stream"
    with pytest.raises(InvalidStatus, match="403"):
        connect(address, origin=server.origin)  # type: ignore[arg-type]
    cookie = cookie_of(sign_in(server, "ann"))
    with connect(
        address,
        origin=server.origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
    ) as opened:
        assert opened.recv() == "inside"


def test_a_websocket_of_another_site_is_refused_with_a_session_too(server: Served) -> None:
    """The browser sends the cookie along; the origin gives it away."""
    cookie = cookie_of(sign_in(server, "ann"))
    with pytest.raises(InvalidStatus, match="403"):
        connect(
            server.origin.replace("http", "ws") + "/_stcore/stream",
            origin="https://elsewhere.example",  # type: ignore[arg-type]
            additional_headers={"Cookie": cookie},
        )


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("ann", "/labelwright/export/p/labels.csv", 403),
        ("rae", "/labelwright/export/p/labels.csv", 200),
        ("ann", "/labelwright/upload", 403),
        ("rae", "/labelwright/upload", 403),
        ("mara", "/labelwright/upload", 200),
        ("ann", "/labelwright/assets/x/card.js", 200),
    ],
)
def test_files_go_to_whom_the_role_allows(
    server: Served, name: str, path: str, status: int
) -> None:
    """An annotator gets no export by its address."""
    assert get(server, path, cookie_of(sign_in(server, name))) == status


def limit(projects: Path, name: str, *to: str) -> None:
    """Let somebody open these projects only, beside the running server."""
    store = SQLiteAccounts(accounts_file(projects))
    Accounts(store).set_access(name, to)
    store.close()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/labelwright/export/p/labels.csv", 200),
        ("/labelwright/export/q/labels.csv", 403),
        ("/labelwright/export/never/labels.csv", 403),
        ("/labelwright/export/%71/labels.csv", 403),
        ("/labelwright/export//q/labels.csv", 403),
        ("/media/0123456789abcdef.png", 403),
        ("/review?project=q", 200),
    ],
)
def test_files_of_other_projects_are_closed(
    server: Served, projects: Path, path: str, status: int
) -> None:
    """Whether they are there or not; pages open, and the core shows what is for them."""
    cookie = cookie_of(sign_in(server, "rae"))
    limit(projects, "rae", "p")
    assert get(server, path, cookie) == status
    assert get(server, path, cookie_of(sign_in(server, "mara"))) == 200


@pytest.mark.parametrize(
    ("query", "opens"),
    [
        ("project=p%2Fsession", True),
        ("project=p%2Fqueue", True),
        ("project=q", False),
        ("project=q%2Fsession", False),
        ("project=p&project=q", False),
        ("project=", False),
        ("", False),
    ],
)
def test_nobody_hears_of_other_projects(
    server: Served, projects: Path, query: str, opens: bool
) -> None:
    """The socket that tells of changes names its project."""
    cookie = cookie_of(sign_in(server, "ann"))
    limit(projects, "ann", "p")
    path = f"/labelwright/push?{query}"
    if opens:
        with socket_to(server, path, cookie) as opened:
            assert opened.recv() == "inside"
    else:
        with pytest.raises(InvalidStatus, match="403"):
            socket_to(server, path, cookie)


def test_annotators_do_not_hear_what_the_engine_does(server: Served) -> None:
    """It names functions and their errors, and would lead them; a reviewer sees both anyway."""
    path = "/labelwright/push?project=p"
    with pytest.raises(InvalidStatus, match="403"):
        socket_to(server, path, cookie_of(sign_in(server, "ann")))
    with socket_to(server, path, cookie_of(sign_in(server, "rae"))) as opened:
        assert opened.recv() == "inside"


def socket_to(server: Served, path: str, cookie: str) -> ClientConnection:
    """Open a WebSocket as our own page does in a browser with this cookie."""
    return connect(
        server.origin.replace("http", "ws") + path,
        origin=server.origin,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
    )


def ends_by(accounts: Accounts, how: str) -> None:
    """Do to ann what ends an open page's sockets."""
    if how == "revoked":
        accounts.revoke("ann")
    elif how == "disabled":
        accounts.disable("ann")
    elif how == "another password":
        accounts.set_password("ann", "another password")
    else:
        accounts.set_access("ann", ["q"])


@pytest.mark.parametrize("how", ["revoked", "disabled", "another password", "access"])
def test_an_open_socket_ends_with_the_session(server: Served, projects: Path, how: str) -> None:
    """What ends it is done by another process; others stay, and go on hearing."""
    ann = cookie_of(sign_in(server, "ann"))
    rae = cookie_of(sign_in(server, "rae"))
    path = "/labelwright/push?project=p%2Fqueue&stay=1"
    with socket_to(server, path, ann) as ends, socket_to(server, path, rae) as stays:
        assert (ends.recv(), stays.recv()) == ("inside", "inside")
        store = SQLiteAccounts(accounts_file(projects))
        ends_by(Accounts(store), how)
        store.close()
        with pytest.raises(ConnectionClosed) as closed:
            ends.recv(timeout=5)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == SESSION_ENDED
        stays.send("still there")
        assert stays.recv(timeout=5) == "still there"


def test_an_open_socket_ends_when_the_session_expires(
    server: Served, projects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to do anything for it."""
    monkeypatch.setattr(sessions, "SESSION_TIME", timedelta(seconds=1.5))
    cookie = cookie_of(sign_in(server, "ann"))
    with socket_to(server, "/_stcore/stream?stay=1", cookie) as opened:
        assert opened.recv() == "inside"
        opened.send("still there")
        assert opened.recv(timeout=5) == "still there"
        with pytest.raises(ConnectionClosed):
            opened.recv(timeout=5)


def test_sockets_that_opened_before_there_were_accounts_end(tmp_path: Path) -> None:
    """The first account closes the doors, also behind whoever is inside."""
    with serving(tmp_path) as server, socket_to(server, "/x?stay=1", "") as opened:
        assert opened.recv() == "inside"
        opened.send("still there")
        assert opened.recv(timeout=5) == "still there"
        store = SQLiteAccounts(accounts_file(tmp_path))
        Accounts(store).add("mara", PASSWORD, ["admin"])
        store.close()
        with pytest.raises(ConnectionClosed):
            opened.recv(timeout=5)


def test_the_cookie_is_for_this_site_and_no_script(server: Served) -> None:
    """Behind https it is never sent in the open."""
    cookie = sign_in(server, "ann").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie
    fields = {"name": "ann", "password": PASSWORD}
    behind = post(server, "/labelwright/sign-in", fields, **{"X-Forwarded-Proto": "https"})
    assert "secure" in behind.headers["set-cookie"].lower()


def test_a_session_of_before_is_not_taken_over(server: Served) -> None:
    """Whoever plants a cookie in a browser has nothing: signing in makes a new token."""
    planted = "labelwright_session=planted"
    came = post(
        server, "/labelwright/sign-in", {"name": "ann", "password": PASSWORD}, Cookie=planted
    )
    assert cookie_of(came) != planted
    assert get(server, "/", planted) == 401


def test_signing_out_ends_the_session_on_the_server(server: Served) -> None:
    """A copy of the cookie is worth nothing then; a link alone signs nobody out."""
    cookie = cookie_of(sign_in(server, "ann"))
    assert get(server, "/labelwright/sign-out", cookie) == 200
    assert get(server, "/", cookie) == 200
    elsewhere = {"Cookie": cookie, "Origin": "https://elsewhere.example"}
    assert server.ask("POST", "/labelwright/sign-out", headers=elsewhere).status == 403
    assert get(server, "/", cookie) == 200
    left = post(server, "/labelwright/sign-out", {}, Cookie=cookie)
    assert (left.status, left.headers["location"]) == (303, "/labelwright/sign-in")
    assert get(server, "/", cookie) == 401


def test_a_wrong_password_says_so_and_keeps_the_name_as_text(server: Served) -> None:
    """What was typed is no markup."""
    answer = sign_in(server, '"><script>alert(1)</script>', "wrong password")
    assert answer.status == 401
    assert b"do not belong together" in answer.body
    assert b"<script>" not in answer.body
    assert "set-cookie" not in answer.headers


def test_guessing_is_stopped(server: Served) -> None:
    """The right password does not help either, for a while."""
    for _ in range(MOST_FAILURES_OF_NAME):
        assert sign_in(server, "ann", "wrong password").status == 401
    assert sign_in(server, "ann").status == 429


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:x",
     "/\t/elsewhere.example", "http:elsewhere.example", "", "x\r\nSet-Cookie: a=b"],
)  # fmt: skip
def test_nobody_is_led_elsewhere_after_signing_in(server: Served, wanted: str) -> None:
    """Only an address of this server is followed."""
    query = urlencode({"next": wanted})
    fields = {"name": "ann", "password": PASSWORD}
    assert post(server, f"/labelwright/sign-in?{query}", fields).headers["location"] == "/"


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
def test_another_site_cannot_sign_a_browser_in(server: Served, origin: str) -> None:
    """Or it would let somebody label under the name of its owner."""
    fields = {"name": "ann", "password": PASSWORD}
    assert post(server, "/labelwright/sign-in", fields, Origin=origin).status == 403


def test_a_form_without_an_origin_or_without_end_is_refused(server: Served) -> None:
    """No browser sends it."""
    body = urlencode({"name": "ann", "password": PASSWORD}).encode()
    assert server.ask("POST", "/labelwright/sign-in", body).status == 403
    assert sign_in(server, "ann", "x" * 20_000).status == 403


def test_an_invitation_lets_somebody_choose_a_password(server: Served, projects: Path) -> None:
    """Two that differ or a short one change nothing; the link works once."""
    store = SQLiteAccounts(accounts_file(projects))
    token = Accounts(store).invite("jo <b>", ["viewer"])
    store.close()
    link = f"/labelwright/invitation?token={token}"
    page = server.get(link)
    assert page.status == 200
    assert b"jo &lt;b&gt;" in page.body
    assert post(server, link, {"password": PASSWORD, "again": "other words"}).status == 400
    assert post(server, link, {"password": "short", "again": "short"}).status == 400
    taken = post(server, link, {"password": PASSWORD, "again": PASSWORD})
    assert taken.status == 303
    assert get(server, "/", cookie_of(taken)) == 200
    assert server.get(link).status == 404
    assert server.get("/labelwright/invitation?token=made-up").status == 404


def test_without_accounts_nobody_has_to_sign_in(tmp_path: Path) -> None:
    """One person on one machine; as soon as an account is added, the doors are closed."""
    with serving(tmp_path) as server:
        assert server.get("/").status == 200
        assert server.get("/labelwright/sign-in?next=/studio").headers["location"] == "/studio"
        store = SQLiteAccounts(accounts_file(tmp_path))
        Accounts(store).add("mara", PASSWORD, ["admin"])
        store.close()
        assert server.get("/").status == 401


def test_accounts_that_cannot_be_read_open_nothing(tmp_path: Path) -> None:
    """The server says what is wrong with the file."""
    file = accounts_file(tmp_path)
    file.parent.mkdir()
    file.write_bytes(b"damaged" * 1_000)
    with serving(tmp_path) as server:
        answer = server.get("/")
        assert answer.status == 503
        assert b"cannot be read" in answer.body


def test_a_proxy_may_ask_whether_the_server_lives(server: Served) -> None:
    """It says nothing else."""
    assert server.get("/_stcore/health").status == 200
