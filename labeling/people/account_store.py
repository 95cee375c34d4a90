"""What accounts need saved and read, as a Protocol; `storage` implements it over SQLite."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from labeling.people.passwords import KeptPassword
from labeling.people.roles import Role


@dataclass(frozen=True)
class Account:
    """A person who may sign in; one that is `disabled` may not, and has no session."""

    name: str
    roles: frozenset[Role]
    created: datetime
    disabled: bool = False


@dataclass(frozen=True)
class Invitation:
    """An account that somebody was invited to take, with these roles."""

    name: str
    roles: frozenset[Role]
    expires: datetime


@dataclass(frozen=True)
class Session:
    """A browser in which somebody is signed in."""

    name: str
    began: datetime
    expires: datetime
    address: str


class AccountStore(Protocol):
    """The accounts of a server. Names are the same whatever their case; used from any thread.

    Tokens come as their SHA-256 in hex: who reads the file cannot sign in with it.
    """

    def any_account(self) -> bool:
        """Tell whether there is an account."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts, by name."""
        ...

    def account(self, name: str) -> Account | None:
        """Return one account."""
        ...

    def password(self, name: str) -> KeptPassword | None:
        """Return what is kept of the password of an account that is not disabled."""
        ...

    def save_account(self, account: Account, password: KeptPassword | None = None) -> None:
        """Save an account; without a password the one that is there stays."""
        ...

    def save_invitation(self, token: str, invitation: Invitation) -> None:
        """Save an invitation; an earlier one for the same name is void."""
        ...

    def invitation(self, token: str) -> Invitation | None:
        """Return an invitation that nobody took yet."""
        ...

    def take_invitation(self, token: str, account: Account, password: KeptPassword) -> bool:
        """Save the account of an invitation and void that, in one step; False where it is void."""
        ...

    def save_session(self, token: str, session: Session) -> None:
        """Save that somebody signed in."""
        ...

    def session(self, token: str, now: datetime) -> tuple[Session, Account] | None:
        """Return a session that has not ended and whose account is not disabled."""
        ...

    def sessions(self, now: datetime) -> tuple[Session, ...]:
        """Return the sessions that have not ended, newest first."""
        ...

    def end_session(self, token: str) -> None:
        """End one session."""
        ...

    def end_sessions(self, name: str) -> int:
        """End all sessions of a person; return how many there were."""
        ...

    def note_failure(self, name: str, address: str, at: datetime) -> None:
        """Note that somebody failed to sign in."""
        ...

    def failures(self, name: str, address: str, since: datetime) -> tuple[int, int]:
        """Return how often signing in failed since then: for this name, from this address."""
        ...

    def forget_failures(self, name: str) -> None:
        """Forget the failures of a name: its owner signed in."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...
