"""Where the server has accounts, lets nobody in who has not signed in: pages, sockets, files.

It is plain ASGI, so that it stands before everything the server answers. What it lets through is
checked once more in the core (`labeling.people.acting`).
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from anyio import to_thread
from starlette.datastructures import Headers, QueryParams
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from components.assets import address
from labeling.errors import AccountError, NotAllowed
from labeling.people.account_store import Account
from labeling.people.accounts import Accounts
from labeling.people.acting import check_allowed
from labeling.people.roles import ACTIONS, Action
from web.open_sockets import OpenSockets

COOKIE = "labelwright_session"
_HEALTH = "/_stcore/health"
_MEDIA = "/media/"
log = logging.getLogger(__name__)


def open_to_all() -> frozenset[str]:
    """Return the addresses that one needs to sign in, here or by an identity provider."""
    own = map(address, ("sign-in", "invitation", "sign-out", "identity"))
    start = address("").removesuffix("labelwright/")
    return frozenset((*own, f"{start}auth/login", f"{start}oauth2callback"))


def needed(scope: Scope) -> Sequence[Action]:
    """Return which actions open an address: any one of them.

    What the engine of a project is doing names functions and their errors, which annotators do not
    see; they hear of the topics of their own pages.

    >>> needed({"path": "/labelwright/push", "query_string": b"project=mail"})
    ('see',)
    """
    path = scope["path"]
    if path.startswith(address("upload")):
        return ("manage",)
    if path.startswith(address("export/")):
        return ("export",)
    if path == address("push") and "/" not in _topic(scope):
        return ("see",)
    return ACTIONS


def project_of(scope: Scope) -> str | None:
    """Return the name of the project that an address is about, None where it is about none.

    >>> project_of({"path": "/labelwright/export/mail/labels.csv"})
    'mail'
    >>> project_of({"path": "/labelwright/push", "query_string": b"project=mail%2Fsession"})
    'mail'
    """
    path = scope["path"]
    if path.startswith(address("export/")):
        return str(path).removeprefix(address("export/")).partition("/")[0]
    if path == address("push"):
        return _topic(scope).partition("/")[0]
    # What Streamlit keeps there is named after its contents and belongs to no project.
    return "" if _MEDIA in path else None


def _topic(scope: Scope) -> str:
    return QueryParams(scope["query_string"]).get("project", "")


def token_of(headers: Headers) -> str:
    """Return the token of the session that a browser sent, "" where it sent none.

    >>> token_of(Headers({"cookie": "a=b; labelwright_session=xyz"})), token_of(Headers({}))
    ('xyz', '')
    """
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


class Gate:
    """Stands before the app; `people` returns the accounts, None where nobody has to sign in."""

    def __init__(self, app: ASGIApp, people: Callable[[], Accounts | None]) -> None:
        self._app, self._people = app, people
        self._sockets = OpenSockets(self._may_stay)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket, or refuse it."""
        free = scope["type"] not in {"http", "websocket"}
        if free or scope["path"] == _HEALTH or scope["path"] in open_to_all():
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        visit = _Visit(token_of(headers), needed(scope), project_of(scope))
        try:
            await to_thread.run_sync(self._check, visit)
        except _SignInFirstError:
            await _refuse(scope, receive, send, _sign_in_first(scope, headers))
        except NotAllowed as error:
            await _refuse(scope, receive, send, JSONResponse({"error": str(error)}, 403))
        except AccountError as error:
            log.exception("the accounts cannot be read")
            await _refuse(scope, receive, send, JSONResponse({"error": str(error)}, 503))
        else:
            if scope["type"] == "websocket":
                await self._sockets.serve(visit, self._app, scope, receive, send)
            else:
                await self._app(scope, receive, send)

    def _may_stay(self, visit: "_Visit") -> bool:
        try:
            self._check(visit)
        except (_SignInFirstError, NotAllowed):
            return False
        return True

    def _check(self, visit: "_Visit") -> None:
        accounts = self._people()
        if accounts is None:
            return
        account = accounts.signed_in(visit.token) if visit.token else None
        if account is None:
            raise _SignInFirstError
        check_allowed(lambda: account, visit.needed, visit.project)


@dataclass(frozen=True)
class _Visit:
    """A browser's session, what it wants to reach, and which actions open that."""

    token: str
    needed: Sequence[Action]
    project: str | None


class _SignInFirstError(Exception):
    """Nobody is signed in."""


async def _refuse(scope: Scope, receive: Receive, send: Send, answer: Response) -> None:
    if scope["type"] == "websocket":
        # Closing before accepting answers the handshake with 403.
        await send({"type": "websocket.close", "code": 1008, "reason": "Sign in first."})
    else:
        await answer(scope, receive, send)


def _sign_in_first(scope: Scope, headers: Headers) -> Response:
    wants_page = scope.get("method") == "GET" and "text/html" in headers.get("accept", "")
    if not wants_page:
        return JSONResponse({"error": "You are not signed in. Reload the page to sign in."}, 401)
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"{address('sign-in')}?next={quote(wanted, safe='')}", 303)


def signed_in_with(people: Callable[[], Accounts | None], token: str) -> Account | None:
    """Return who is signed in with a token at this moment."""
    accounts = people()
    return accounts.signed_in(token) if accounts is not None and token else None
