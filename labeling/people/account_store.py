"""What accounts need saved and read, as a Protocol; `storage` implements it over SQLite."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from labeling.people.passwords import KeptPassword
from labeling.people.roles import Role

Access = frozenset[str] | None
"""The names of the projects that somebody may open; None where it is all."""

AccountAction = Literal[
    "added",
    "invited",
    "joined",
    "roles",
    "access",
    "e-mail",
    "password",
    "disabled",
    "enabled",
    "sessions ended",
]


@dataclass(frozen=True)
class Account:
    """A person who may sign in; one that is `disabled` may not, and has no session."""

    name: str
    roles: frozenset[Role]
    created: datetime
    disabled: bool = False
    projects: Access = None

    def may_open(self, project: str) -> bool:
        """Tell whether the roles count in a project at all."""
        return self.projects is None or project in self.projects


@dataclass(frozen=True)
class Invitation:
    """An account that somebody was invited to take, with these roles in these projects."""

    name: str
    roles: frozenset[Role]
    expires: datetime
    projects: Access = None


@dataclass(frozen=True)
class AccountChange:
    """What was done to the account `name`, and by whom: "" where nobody was signed in.

    `before` and `after` say in words what changed, "" where the action says it all.
    """

    name: str
    action: AccountAction
    author: str
    at: datetime
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Session:
    """A browser in which somebody is signed in."""

    name: str
    began: datetime
    expires: datetime
    address: str


def described(change: AccountChange) -> str:
    """Say a change in a few words.

    >>> at = datetime(2026, 1, 1)
    >>> described(AccountChange("ann", "roles", "mara", at, "viewer", "annotator"))
    'ann: roles, viewer → annotator'
    """
    values = " → ".join(filter(None, (change.before, change.after)))
    return f"{change.name}: {change.action}" + (f", {values}" if values else "")


class AccountStore(Protocol):
    """The accounts of a server. Names are the same whatever their case; used from any thread.

    Each change of an account is saved with its record, in one step; records stay as they are.
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

    def save_account(
        self, account: Account, change: AccountChange, password: KeptPassword | None = None
    ) -> None:
        """Save an account; without a password the one that is there stays.

        With another password, or disabled, all sessions of the person end.
        """
        ...

    def changes(self, name: str | None = None, limit: int = 1_000) -> tuple[AccountChange, ...]:
        """Return the last changes of one account, or of all, newest first."""
        ...

    def save_invitation(self, token: str, invitation: Invitation, change: AccountChange) -> None:
        """Save an invitation; an earlier one for the same name is void."""
        ...

    def invitation(self, token: str) -> Invitation | None:
        """Return an invitation that nobody took yet."""
        ...

    def take_invitation(
        self, token: str, account: Account, change: AccountChange, password: KeptPassword
    ) -> bool:
        """Save the account of an invitation and void that, in one step; False where it is void."""
        ...

    def emails(self) -> Mapping[str, str]:
        """Return the e-mail addresses of accounts that have one, by name."""
        ...

    def account_of_email(self, email: str) -> Account | None:
        """Return the account of an e-mail address, whatever its case."""
        ...

    def save_email(self, email: str | None, change: AccountChange) -> bool:
        """Give the account that `change` names an address; False where another one has it."""
        ...

    def take_identity(self, digest: str, expires: datetime, now: datetime) -> bool:
        """Note that an identity was used until it expires; False where it was used before."""
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

    def end_sessions(self, change: AccountChange) -> int:
        """End all sessions of the person that `change` names; return how many there were."""
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
