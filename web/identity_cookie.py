"""What Streamlit's own login left in the browser: the claims of an ID token, in a signed cookie.

Streamlit speaks OpenID Connect with the provider that `[auth]` in `.streamlit/secrets.toml` names
(`st.login`), checks the ID token, and keeps its claims in a cookie for thirty days, long after they
expired. Here they count once, and while they hold.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

COOKIE = "_streamlit_user"
COOKIES = (COOKIE, "_streamlit_user_tokens")
_SECTION_OF_ONE = "default"


def providers() -> tuple[str, ...]:
    """Return the identity providers that the secrets name; "default" where there is one alone."""
    auth = _auth()
    named = tuple(sorted(name for name, value in auth.items() if isinstance(value, Mapping)))
    return named or ((_SECTION_OF_ONE,) if "client_id" in auth else ())


def login_token(provider: str) -> str:
    """Return what Streamlit's login asks for, to go to a provider.

    Raises:
        StreamlitMissingAuthlibError: the package that speaks with providers is not installed.
    """
    return encode_provider_token(provider)


def claims_in(cookies: Mapping[str, str]) -> tuple[dict[str, Any], str] | None:
    """Return the claims that a browser brings and the cookie they are in; None where it has none.

    A cookie that was not signed by this server, or for another address of it, counts as none.
    """
    auth = _auth()
    secret, redirect = str(auth.get("cookie_secret", "")), str(auth.get("redirect_uri", ""))
    if not secret or not providers():
        return None

    def part(name: str) -> bytes | None:
        signed = cookies.get(name)
        return decode_signed_value(secret, name, signed) if signed else None

    found = get_cookie_with_chunks(part, COOKIE)
    if found is None:
        return None
    claims = json.loads(found)
    if not claims.get("is_logged_in") or claims.get("origin") != _origin(redirect):
        return None
    return claims, found.decode()


def _auth() -> Mapping[str, Any]:
    if not st.secrets.load_if_toml_exists():
        return {}
    found: Mapping[str, Any] = st.secrets.get("auth", {})
    return found


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
