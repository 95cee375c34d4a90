"""People whom another server knows: an identity provider tells a verified e-mail address.

The address is mapped to an account that an admin made; nobody gets an account by signing in
elsewhere. An identity is used once, and no session that it begins outlives it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from labeling.errors import AccountError
from labeling.people.account_store import AccountChange, AccountStore
from labeling.people.sessions import begin_session, digest

_LONGEST = 254
_YEAR_10_000 = 253_402_300_800


@dataclass(frozen=True)
class Identity:
    """What an identity provider says: whose verified address, and until when that holds."""

    email: str
    expires: datetime


class Identities:
    """The e-mail addresses of a server's accounts, and who signs in by one. From any thread."""

    def __init__(self, store: AccountStore, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now

    def sign_in(self, identity: Identity, proof: str, address: str = "") -> str:
        """Return a new session's token for whom an identity provider knows.

        `proof` is what the identity was read from; it counts once. The session ends with it.

        Raises:
            AccountError: the address belongs to no account that may sign in, or it was used.
        """
        now = self._now()
        account = self._store.account_of_email(identity.email)
        if account is None or account.disabled:
            raise AccountError(
                f"{identity.email} belongs to no account here.",
                remedy="Ask whoever runs this server for one.",
            )
        if not self._store.take_identity(digest(proof), identity.expires, now):
            raise AccountError("This sign-in was used already.", remedy="Sign in again.")
        return begin_session(self._store, now, account.name, address, identity.expires)

    def emails(self) -> Mapping[str, str]:
        """Return the e-mail addresses of accounts that have one, by name."""
        return self._store.emails()

    def set_email(self, name: str, email: str | None, author: str = "") -> None:
        """Let a person sign in by an identity provider that verified this address; None ends it.

        Raises:
            AccountError: it is no address, another account has it, or there is no such account.
        """
        account = self._store.account(name)
        if account is None:
            names = [one.name for one in self._store.accounts()]
            raise AccountError(f"There is no account {name!r}.", choices=names)
        if email is not None and not is_email(email):
            raise AccountError(
                f"{email!r} is no e-mail address.", remedy="Give one such as mara@example.org."
            )
        before = self._store.emails().get(account.name)
        if email == before:
            return
        change = AccountChange(
            account.name, "e-mail", author, self._now(), before or "none", email or "none"
        )
        if not self._store.save_email(email, change):
            raise AccountError(f"Another account has the address {email}.")


def identity_of(claims: dict[str, Any], now: datetime) -> Identity:
    """Return the identity of an ID token's claims (OpenID Connect Core 1.0, sections 2 and 5.1).

    >>> said = {"email": "a@example.org", "email_verified": True, "exp": 2_000_000_000}
    >>> identity_of(said, datetime(2026, 1, 1, tzinfo=UTC)).email
    'a@example.org'

    Raises:
        AccountError: there is no address, the provider did not verify it, or the token expired.
    """
    email, expires = claims.get("email"), claims.get("exp")
    if not isinstance(email, str) or not is_email(email):
        raise AccountError(
            "The identity provider names no e-mail address.",
            remedy="Ask whoever runs this server to request the scope email.",
        )
    if claims.get("email_verified") is not True:
        raise AccountError(
            f"The identity provider did not verify {email}.",
            remedy="Verify your address there, then sign in again.",
        )
    if not isinstance(expires, int | float) or not now.timestamp() < expires < _YEAR_10_000:
        raise AccountError("What the identity provider said has expired.", remedy="Sign in again.")
    return Identity(email, datetime.fromtimestamp(expires, UTC))


def is_email(text: str) -> bool:
    """Tell whether a text can be an e-mail address.

    >>> is_email("mara@example.org"), is_email("mara"), is_email("a b@example.org")
    (True, False, False)
    """
    name, at, host = text.rpartition("@")
    visible = text.isprintable() and " " not in text
    return bool(name and at and host) and visible and len(text) <= _LONGEST
