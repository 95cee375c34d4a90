"""How a session begins: with a token that only its browser keeps."""

import hashlib
import secrets
from datetime import datetime, timedelta

from labeling.people.account_store import AccountStore, Session

SESSION_TIME = timedelta(days=14)


def begin_session(
    store: AccountStore, now: datetime, name: str, address: str, until: datetime | None = None
) -> str:
    """Begin a session of SESSION_TIME, or until a time if that is sooner; return its token."""
    token = secrets.token_urlsafe(32)
    expires = now + SESSION_TIME if until is None else min(now + SESSION_TIME, until)
    store.save_session(digest(token), Session(name, now, expires, address))
    return token


def digest(token: str) -> str:
    """Return what is kept of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
