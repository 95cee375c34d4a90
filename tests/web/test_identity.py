"""Signing in by the cookie that Streamlit's own login leaves, over a real server."""

import json
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from labeling.people import passwords
from labeling.people.accounts import Accounts
from storage.accounts import SQLiteAccounts, accounts_file
from tests.web.serving import Answer, Served, served
from web import identity_cookie
from web.gate import Gate
from web.guard import Guard
from web.people import People
from web.sign_in import sign_in_routes

ORIGIN = "https://labels.example.org"
AUTH = {
    "redirect_uri": f"{ORIGIN}/oauth2callback",
    "cookie_secret": "a secret of the server",
    "client_id": "labelwright",
    "client_secret": "x",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}
CLAIMS = {"email": "ann@example.org", "email_verified": True, "sub": "1", "nonce": "n"}


@pytest.fixture
def projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of projects with mara, an admin, and ann, who has an address."""
    monkeypatch.setattr(passwords, "_N", 2**4)
    monkeypatch.setattr(identity_cookie, "_auth", lambda: AUTH)
    store = SQLiteAccounts(accounts_file(tmp_path))
    accounts = Accounts(store)
    accounts.add("mara", "correct horse battery", ["admin"])
    accounts.add("ann", None, ["annotator"])
    accounts.identities.set_email("ann", "ann@example.org")
    store.close()
    return tmp_path


@pytest.fixture
def server(projects: Path) -> Iterator[Served]:
    """A server that answers every address behind the gate."""

    async def anything(_request: Request) -> PlainTextResponse:
        return PlainTextResponse("inside")

    people = People(projects)
    routes = [*sign_in_routes(people.accounts), Route("/{path:path}", anything)]
    gates = [Middleware(Guard), Middleware(Gate, people=people.accounts)]
    with served(routes, gates) as running:
        yield running


def cookies(secret: str = str(AUTH["cookie_secret"]), **claims: Any) -> str:
    """Return the cookies that Streamlit's login leaves of an ID token with these claims."""
    said = {**CLAIMS, "exp": time.time() + 600, "origin": ORIGIN, "is_logged_in": True, **claims}
    kept: list[str] = []
    set_cookie_with_chunks(
        lambda name, value: kept.append(
            f"{name}={create_signed_value(secret, name, value).decode()}"
        ),
        lambda name, value: create_signed_value(secret, name, value),
        identity_cookie.COOKIE,
        said,
        cookie_attr_size=60,
    )
    return "; ".join(kept)


def arrive(server: Served, cookie: str) -> Answer:
    """Come to the sign-in page as a browser does after the provider."""
    path = "/labelwright/sign-in?next=%2Fannotate"
    return server.ask("GET", path, headers={"Cookie": cookie})


def test_whom_the_provider_knows_is_signed_in_and_led_on(server: Served) -> None:
    """The session is one of ours; what the login left is forgotten."""
    came = arrive(server, cookies())
    assert (came.status, came.headers["location"]) == (303, "/annotate")
    session = came.headers["set-cookie"].partition(";")[0]
    assert session.startswith("labelwright_session=")
    assert server.ask("GET", "/annotate", headers={"Cookie": session}).status == 200


def test_the_cookie_alone_opens_nothing(server: Served) -> None:
    """Only the sign-in page reads it, and once."""
    cookie = cookies()
    assert server.ask("GET", "/annotate", headers={"Cookie": cookie}).status == 401
    assert arrive(server, cookie).status == 303
    again = arrive(server, cookie)
    assert (again.status, b"was used already" in again.body) == (401, True)
    assert "labelwright_session" not in again.headers.get("set-cookie", "")


def test_a_large_identity_in_several_cookies_is_one(server: Served) -> None:
    """Some providers say much of a person."""
    cookie = cookies(groups=[secrets.token_hex(50) for _ in range(60)])
    assert cookie.count("_streamlit_user") > 2
    assert arrive(server, cookie).status == 303


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"exp": 1}, "has expired"),
        ({"email_verified": False}, "did not verify"),
        ({"email": "eve@example.org"}, "belongs to no account"),
        ({"email": "<b>@example.org"}, "&lt;b&gt;@example.org"),
    ],
)
def test_others_are_told_why_and_may_sign_in_here(
    server: Served, changed: dict[str, Any], says: str
) -> None:
    """What the provider said is text, and the form is there."""
    answer = arrive(server, cookies(**changed))
    assert (answer.status, says in answer.body.decode()) == (401, True)
    assert b"<form" in answer.body
    assert "labelwright_session" not in answer.headers.get("set-cookie", "")


@pytest.mark.parametrize(
    "cookie",
    [
        cookies(secret="another secret"),
        cookies(origin="https://elsewhere.example"),
        cookies(is_logged_in=False),
        f"{identity_cookie.COOKIE}={json.dumps(CLAIMS)}",
        f"{identity_cookie.COOKIE}=",
    ],
)
def test_a_cookie_that_is_not_ours_counts_as_none(server: Served, cookie: str) -> None:
    """Signed elsewhere, for another address, signed out, or not signed at all."""
    answer = arrive(server, cookie)
    assert (answer.status, b"role=alert" in answer.body) == (200, False)
    assert "labelwright_session" not in answer.headers.get("set-cookie", "")


def test_the_page_leads_to_the_provider(server: Served) -> None:
    """The login itself needs no session; a provider that is not named leads nowhere."""
    page = server.get("/labelwright/sign-in")
    assert b'href="/labelwright/identity?provider=default"' in page.body
    assert server.get("/labelwright/identity?provider=other").status == 404
    for open_address in ("/auth/login", "/oauth2callback"):
        assert server.get(open_address).status == 200
    assert server.get("/auth/logout").status == 401


def test_without_a_provider_nothing_of_it_is_there(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cookie that was signed before counts for nothing."""
    monkeypatch.setattr(identity_cookie, "_auth", lambda: {"cookie_secret": AUTH["cookie_secret"]})
    answer = arrive(server, cookies())
    assert answer.status == 200
    assert b"identity" not in answer.body


def test_signing_out_forgets_the_identity_too(server: Served) -> None:
    """Or the next look at the page would sign in again."""
    headers = {"Cookie": cookies(), "Origin": server.origin}
    left = server.ask("POST", "/labelwright/sign-out", headers=headers)
    assert identity_cookie.COOKIE in left.headers["set-cookie"]


def test_several_providers_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each section of the secrets is one."""
    sections = {"google": {"client_id": "a"}, "entra": {"client_id": "b"}, "cookie_secret": "x"}
    monkeypatch.setattr(identity_cookie, "_auth", lambda: sections)
    assert identity_cookie.providers() == ("entra", "google")
