"""Turns away requests that another site's page makes a visitor's browser send.

Two tricks reach a server that listens on a person's own machine: a page of another site sends
requests or opens a WebSocket (its `Origin` gives it away), or a name of that site is pointed at
this machine, so that its page counts as ours (its `Host` gives it away: DNS rebinding).
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from web.same_origin import is_same_origin

_FOREIGN_ORIGIN = "Only Labelwright's own pages may send requests here."
_FOREIGN_HOST = (
    "This server does not answer to the name {host!r}. If it should, add the name to "
    "server.allowedHosts in .streamlit/config.toml."
)


class Guard:
    """Lets HTTP requests and WebSocket handshakes pass that are meant for us and sent by us."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or answer 403 with the reason."""
        refusal = _refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            # Closing before accepting answers the handshake with 403.
            await send({"type": "websocket.close", "code": 1008, "reason": refusal})
        else:
            await JSONResponse({"error": refusal}, status_code=403)(scope, receive, send)


def _refusal(scope: Scope) -> str | None:
    if scope["type"] not in {"http", "websocket"}:
        return None
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if not is_our_host(host, st.get_option("server.allowedHosts")):
        return _FOREIGN_HOST.format(host=host)
    # Browsers send Origin with every WebSocket, and with HTTP where a page could do harm; a link
    # that is followed, and a program such as curl, has none.
    has_to_tell = scope["type"] == "websocket" or "origin" in headers
    if has_to_tell and not is_same_origin(headers):
        return _FOREIGN_ORIGIN
    return None


def is_our_host(host: str, allowed: list[str]) -> bool:
    """Tell whether a Host header names this server.

    An address of digits always does: only a name can be pointed at another machine. `allowed` is
    Streamlit's `server.allowedHosts`: names, `*.example.org` for all below a name, or `*`.

    >>> is_our_host("192.0.2.7:8501", []), is_our_host("elsewhere.example", [])
    (True, False)
    >>> is_our_host("labels.example.org", ["*.example.org"])
    True
    """
    name = _host_name(host)
    if name is None:
        return False
    if name == "localhost" or _is_address(name):
        return True
    return any(_matches(name, pattern.strip().lower().rstrip(".")) for pattern in allowed)


def _host_name(host: str) -> str | None:
    """Return the name in a Host header, None where it is no host and port."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    if parts.netloc != host or "@" in host:
        return None
    return (parts.hostname or "").rstrip(".") or None


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _matches(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in {"*", name}
