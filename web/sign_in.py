"""The pages to sign in, to take an invitation and to sign out: plain HTML, without a script."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from urllib.parse import parse_qs, quote, urlsplit

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit.errors import StreamlitMissingAuthlibError

from components.assets import address
from labeling.errors import AccountError
from labeling.people.account_store import Invitation
from labeling.people.accounts import Accounts, TooManyFailures
from labeling.people.identities import identity_of
from labeling.people.passwords import LEAST_CHARACTERS
from labeling.people.sessions import SESSION_TIME
from web.gate import COOKIE, token_of
from web.identity_cookie import COOKIES as IDENTITY_COOKIES
from web.identity_cookie import claims_in, login_token, providers
from web.same_origin import is_same_origin

_MOST_BYTES = 16 * 1024
log = logging.getLogger(__name__)
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2429; --page: #ffffff; --line: #dbe1e4;
  --field: #f3f5f6; --main: #1f6f8b; --on-main: #ffffff; --wrong: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaed; --page: #14191c; --line: #313c42;
  --field: #1d2529; --main: #5fb3cf; --on-main: #10171a; --wrong: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 12vh 1rem 2rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
main { max-width: 22rem; margin: 0 auto; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
label { display: block; margin: 0 0 1rem; }
input { display: block; width: 100%; margin-top: .25rem; padding: .55rem .7rem; font: inherit;
  color: inherit; background: var(--field); border: 1px solid var(--line); border-radius: .4rem; }
input:focus-visible, button:focus-visible { outline: 2px solid var(--main); outline-offset: 1px; }
button { width: 100%; padding: .6rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-main); background: var(--main); border: 0; border-radius: .4rem; }
.wrong { color: var(--wrong); }
a { color: var(--main); }
[hidden] { display: none; }
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Labelwright</title><style>{style}</style></head>
<body><main><h1>{title}</h1>{body}</main></body></html>
"""


def sign_in_routes(people: Callable[[], Accounts | None]) -> list[Route]:
    """Return the routes; `people` returns the accounts, None where nobody has to sign in."""
    doors = _Doors(people)
    methods = ["GET", "POST"]
    return [
        Route(address("sign-in"), doors.sign_in, methods=methods),
        Route(address("invitation"), doors.invitation, methods=methods),
        Route(address("sign-out"), doors.sign_out, methods=methods),
        Route(address("identity"), identity, methods=["GET"]),
    ]


class _Doors:
    def __init__(self, people: Callable[[], Accounts | None]) -> None:
        self._people = people

    async def sign_in(self, request: Request) -> Response:
        """Ask for name and password; a right pair begins a new session."""
        accounts = await to_thread.run_sync(self._people)
        wanted = _own_address(request.query_params.get("next", ""))
        if accounts is None:
            return RedirectResponse(wanted, 303)
        if request.method == "GET":
            return await to_thread.run_sync(self._known_elsewhere, request, accounts, wanted)
        form = await _form(request)
        if form is None:
            return _sign_in_page(wanted, "This did not come from this page. Try again.", status=403)
        name, password = form.get("name", ""), form.get("password", "")
        try:
            token = await to_thread.run_sync(accounts.sign_in, name, password, _address_of(request))
        except TooManyFailures as error:
            return _sign_in_page(wanted, str(error), name, status=429)
        except AccountError as error:
            return _sign_in_page(wanted, str(error), name, status=401)
        return _with_session(request, RedirectResponse(wanted, 303), token)

    def _known_elsewhere(self, request: Request, accounts: Accounts, wanted: str) -> Response:
        """Sign in whom an identity provider knows; let others, and who is refused, go on here."""
        found = claims_in(request.cookies)
        if found is None:
            return _sign_in_page(wanted)
        claims, proof = found
        try:
            known = identity_of(claims, datetime.now(UTC))
            token = accounts.identities.sign_in(known, proof, _address_of(request))
        except AccountError as error:
            return _without_identity(request, _sign_in_page(wanted, str(error), status=401))
        answer = _without_identity(request, RedirectResponse(wanted, 303))
        return _with_session(request, answer, token)

    async def invitation(self, request: Request) -> Response:
        """Let somebody who was invited choose a password, and sign them in."""
        token = request.query_params.get("token", "")
        try:
            accounts, found = await to_thread.run_sync(self._invited, token)
        except AccountError as error:
            return _page("Invitation", f"<p class=wrong>{escape(str(error))}</p>", 404)
        if request.method == "GET":
            return _invitation_page(found.name)
        form = await _form(request)
        if form is None:
            return _invitation_page(found.name, "This did not come from this page.", 403)
        if form.get("password", "") != form.get("again", ""):
            return _invitation_page(found.name, "The two passwords differ.", 400)
        try:
            session = await to_thread.run_sync(
                accounts.take_invitation, token, form.get("password", ""), _address_of(request)
            )
        except AccountError as error:
            return _invitation_page(found.name, str(error), 400)
        return _with_session(request, RedirectResponse(_own_address(""), 303), session)

    def _invited(self, token: str) -> tuple[Accounts, Invitation]:
        accounts = self._people()
        if accounts is None:
            raise AccountError("This server has no accounts yet.")
        return accounts, accounts.invitation(token)

    async def sign_out(self, request: Request) -> Response:
        """End the session of this browser; asked for first, so that no link does it."""
        if request.method == "GET":
            return _page("Sign out", "<form method=post><button autofocus>Sign out</button></form>")
        accounts = await to_thread.run_sync(self._people)
        if accounts is not None and is_same_origin(request.headers):
            await to_thread.run_sync(accounts.sign_out, token_of(request.headers))
        answer = RedirectResponse(address("sign-in"), 303)
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return _without_identity(request, answer)


async def identity(request: Request) -> Response:
    """Lead on to the login of an identity provider that the secrets name."""
    provider = request.query_params.get("provider", "")
    if provider not in providers():
        return _page("Sign in", "<p class=wrong>There is no such identity provider.</p>", 404)
    try:
        token = login_token(provider)
    except StreamlitMissingAuthlibError:
        log.exception("nobody can sign in by an identity provider")
        missing = "Authlib is not installed: pip install -r requirements-oidc.txt"
        return _page("Sign in", f"<p class=wrong>{missing}</p>", 503)
    start = address("").removesuffix("labelwright/")
    return RedirectResponse(f"{start}auth/login?provider={quote(token, safe='')}", 303)


def _without_identity(request: Request, answer: Response) -> Response:
    """Let the browser forget what Streamlit's login left: it counts once."""
    for name in request.cookies:
        if name.startswith(IDENTITY_COOKIES):
            answer.delete_cookie(name, path=address("").removesuffix("labelwright/"))
    return answer


def _sign_in_page(wanted: str, wrong: str = "", name: str = "", status: int = 200) -> Response:
    action = f"{address('sign-in')}?next={quote(wanted, safe='')}"
    first, second = ("", " autofocus") if name else (" autofocus", "")
    body = f"""{_said(wrong)}<form method=post action="{action}">
<label>Name<input name=name autocomplete=username required value="{escape(name)}"{first}></label>
<label>Password<input name=password type=password autocomplete=current-password required{second}>
</label><button>Sign in</button></form>{_others()}
<p>No account? Ask whoever runs this server for an invitation.</p>"""
    return _page("Sign in", body, status)


def _others() -> str:
    """Return the links to identity providers."""
    links = (
        f'<p><a href="{address("identity")}?provider={quote(name, safe="")}">'
        f"Sign in with {escape('your organisation' if name == 'default' else name)}</a></p>"
        for name in providers()
    )
    return "".join(links)


def _invitation_page(name: str, wrong: str = "", status: int = 200) -> Response:
    kind = f"type=password autocomplete=new-password minlength={LEAST_CHARACTERS} required"
    body = f"""<p>You are invited as {escape(name)}. Choose a password of at least
{LEAST_CHARACTERS} characters.</p>{_said(wrong)}<form method=post>
<input name=name autocomplete=username value="{escape(name)}" hidden>
<label>Password<input name=password {kind} autofocus></label>
<label>The same again<input name=again {kind}></label>
<button>Begin</button></form>"""
    return _page("Welcome to Labelwright", body, status)


def _page(title: str, body: str, status: int = 200) -> Response:
    text = _PAGE.format(title=title, style=_STYLE, body=body)
    return HTMLResponse(text, status, headers={"cache-control": "no-store"})


def _said(wrong: str) -> str:
    return f"<p class=wrong role=alert>{escape(wrong)}</p>" if wrong else ""


async def _form(request: Request) -> dict[str, str] | None:
    """Return the fields that our own page sent, None where another page sent them or too many."""
    if not is_same_origin(request.headers):
        return None
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _own_address(wanted: str) -> str:
    r"""Return where to go after signing in: an address of this server, whatever was asked for.

    >>> _own_address("/dashboard?project=a"), _own_address("https://elsewhere.example/")
    ('/dashboard?project=a', '/')
    >>> _own_address("//elsewhere.example"), _own_address("/\\elsewhere.example")
    ('/', '/')
    """
    start = address("").partition("labelwright/")[0]
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return start
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if own and not parts.scheme and not parts.netloc else start


def _with_session(request: Request, answer: Response, token: str) -> Response:
    https = "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", ""))
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(SESSION_TIME.total_seconds()),
        path="/",
        secure=https,
        httponly=True,
        samesite="lax",
    )
    return answer


def _address_of(request: Request) -> str:
    return request.client.host if request.client else ""
