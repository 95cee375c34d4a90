"""Accounts of a server: add and invite people, sign in, and end sessions.

There is no account from the start and no password that anybody but its owner chose. Without an
account a server works for one person on its own machine and asks for a name only.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from labeling.errors import AccountError
from labeling.people import passwords
from labeling.people.access import (
    access_to,
    check_access,
    projects_in_words,
    roles_in_words,
    says,
)
from labeling.people.account_store import (
    Account,
    AccountAction,
    AccountChange,
    AccountStore,
    Invitation,
    Session,
)
from labeling.people.identities import Identities
from labeling.people.roles import allowed, valid_roles
from labeling.people.sessions import begin_session, digest

INVITATION_TIME = timedelta(days=7)
FAILURE_TIME = timedelta(minutes=15)
MOST_FAILURES_OF_NAME, MOST_FAILURES_FROM_ADDRESS = 10, 30
LONGEST_NAME = 80


class Accounts:
    """The people of one server. Used from any thread."""

    def __init__(
        self, store: AccountStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._store, self._now = store, now
        self.identities = Identities(store, now)

    @property
    def in_use(self) -> bool:
        """Whether people have to sign in: as soon as there is an account."""
        return self._store.any_account()

    def people(self) -> tuple[Account, ...]:
        """Return all accounts, by name."""
        return self._store.accounts()

    def annotators(self, project: str) -> tuple[str, ...]:
        """Return the names of those who may annotate a project, sorted."""
        return tuple(
            one.name
            for one in self.people()
            if "annotate" in allowed(one.roles) and one.may_open(project) and not one.disabled
        )

    def annotator(self, name: str, project: str) -> str:
        """Return the name of the account of somebody who may annotate a project.

        Raises:
            AccountError: there is none; whose there are is told.
        """
        names = self.annotators(project)
        found = self._store.account(name.strip())
        if found is None or found.name not in names:
            raise AccountError(f"{name!r} may not annotate {project}.", choices=names)
        return found.name

    def add(
        self,
        name: str,
        password: str | None,
        roles: Iterable[str],
        projects: Iterable[str] | None = None,
        author: str = "",
    ) -> Account:
        """Add an account, for these projects or for all; without a password none matches.

        Raises:
            AccountError: the name is taken or cannot be one, the password is too short, there is no
                such role, or the first account is no admin's.
        """
        account = self._new(name, roles, projects)
        change = self._change(account, "added", author, after=says(account))
        kept = passwords.keep(secrets.token_urlsafe(32) if password is None else password)
        self._store.save_account(account, change, kept)
        return account

    def invite(
        self,
        name: str,
        roles: Iterable[str],
        projects: Iterable[str] | None = None,
        author: str = "",
    ) -> str:
        """Invite somebody to take an account; return the token, which works once, for a week."""
        if not self.in_use:
            raise AccountError(
                "There is no account yet, so nobody can be invited.",
                remedy="Add an admin first: cli.py users add NAME --role admin",
            )
        account = self._new(name, roles, projects)
        token = secrets.token_urlsafe(32)
        expires = self._now() + INVITATION_TIME
        invitation = Invitation(account.name, account.roles, expires, account.projects)
        change = self._change(account, "invited", author, after=says(account))
        self._store.save_invitation(digest(token), invitation, change)
        return token

    def invitation(self, token: str) -> Invitation:
        """Return what a token invites to.

        Raises:
            AccountError: it was taken, or is too old, or never was one.
        """
        found = self._store.invitation(digest(token))
        if found is None or found.expires <= self._now():
            raise AccountError(
                "This invitation is used, replaced or expired.",
                remedy="Ask whoever invited you for another one.",
            )
        return found

    def take_invitation(self, token: str, password: str, address: str = "") -> str:
        """Take the account of an invitation with a password; return a new session's token."""
        found = self.invitation(token)
        kept = passwords.keep(password)
        account = Account(found.name, found.roles, self._now(), projects=found.projects)
        change = self._change(account, "joined", account.name, after=says(account))
        if not self._store.take_invitation(digest(token), account, change, kept):
            raise AccountError("This invitation was just used.")
        return begin_session(self._store, self._now(), found.name, address)

    def sign_in(self, name: str, password: str, address: str = "") -> str:
        """Return a new session's token.

        Raises:
            AccountError: name and password do not belong together, or it failed too often; which
                names there are is not told.
        """
        now = self._now()
        of_name, from_address = self._store.failures(name, address, now - FAILURE_TIME)
        if of_name >= MOST_FAILURES_OF_NAME or from_address >= MOST_FAILURES_FROM_ADDRESS:
            raise TooManyFailures(
                "Signing in failed too often.",
                remedy=f"Wait {FAILURE_TIME.seconds // 60} minutes, or ask an admin for help.",
            )
        kept = self._store.password(name) or passwords.NOBODYS
        if not passwords.matches(password, kept):
            self._store.note_failure(name, address, now)
            raise AccountError("Name and password do not belong together.")
        account = self._existing(name)
        self._store.forget_failures(account.name)
        return begin_session(self._store, self._now(), account.name, address)

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._store.end_session(digest(token))

    def signed_in(self, token: str) -> Account | None:
        """Return who is signed in with a token, with the roles of this moment."""
        found = self._store.session(digest(token), self._now())
        return None if found is None else found[1]

    def sessions(self) -> tuple[Session, ...]:
        """Return where people are signed in, newest first."""
        return self._store.sessions(self._now())

    def changes(self, name: str | None = None) -> tuple[AccountChange, ...]:
        """Return what was done to one account, or to all, newest first."""
        return self._store.changes(name)

    def revoke(self, name: str, author: str = "") -> int:
        """End all sessions of a person; return how many there were."""
        account = self._existing(name)
        return self._store.end_sessions(self._change(account, "sessions ended", author))

    def set_roles(self, name: str, roles: Iterable[str], author: str = "") -> Account:
        """Give a person other roles, from the next action on."""
        before = self._existing(name)
        account = replace(before, roles=valid_roles(roles))
        self._keep_an_admin(account)
        check_access(account)
        change = self._change(
            account, "roles", author, roles_in_words(before), roles_in_words(account)
        )
        if account != before:
            self._store.save_account(account, change)
        return account

    def set_access(self, name: str, projects: Iterable[str] | None, author: str = "") -> Account:
        """Let a person open these projects only, or all with None, from the next action on.

        Raises:
            AccountError: there is no such account, it is an admin's, or no project is named.
        """
        before = self._existing(name)
        account = replace(before, projects=access_to(projects))
        check_access(account)
        change = self._change(
            account, "access", author, projects_in_words(before), projects_in_words(account)
        )
        if account != before:
            self._store.save_account(account, change)
        return account

    def emails(self) -> Mapping[str, str]:
        """Return the addresses by which people sign in at an identity provider, by name."""
        return self.identities.emails()

    def set_email(self, name: str, email: str | None, author: str = "") -> None:
        """Let a person sign in by a provider that verified this address; None ends it."""
        self.identities.set_email(name, email, author)

    def set_password(self, name: str, password: str, author: str = "") -> None:
        """Give a person another password, and end the sessions."""
        account = self._existing(name)
        change = self._change(account, "password", author)
        self._store.save_account(account, change, passwords.keep(password))

    def disable(self, name: str, *, disabled: bool = True, author: str = "") -> Account:
        """Let a person not sign in any more, or again; what they did stays under their name."""
        before = self._existing(name)
        account = replace(before, disabled=disabled)
        self._keep_an_admin(account)
        change = self._change(account, "disabled" if disabled else "enabled", author)
        if account != before:
            self._store.save_account(account, change)
        return account

    def _change(
        self,
        account: Account,
        action: AccountAction,
        author: str,
        before: str = "",
        after: str = "",
    ) -> AccountChange:
        return AccountChange(account.name, action, author, self._now(), before, after)

    def _new(self, name: str, roles: Iterable[str], projects: Iterable[str] | None) -> Account:
        name = name.strip()
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise AccountError(
                f"{name!r} cannot be a person's name here.",
                remedy=f"Use 1 to {LONGEST_NAME} visible characters.",
            )
        if self._store.account(name) is not None:
            raise AccountError(
                f"There is an account {name!r} already.",
                remedy="Take another name, or change that account's roles.",
            )
        chosen = valid_roles(roles)
        if not self.in_use and "admin" not in chosen:
            raise AccountError(
                "The first account has to be an admin's.", remedy="Give it the role admin."
            )
        account = Account(name, chosen, self._now(), projects=access_to(projects))
        check_access(account)
        return account

    def _existing(self, name: str) -> Account:
        found = self._store.account(name)
        if found is None:
            names = [account.name for account in self.people()]
            raise AccountError(f"There is no account {name!r}.", choices=names)
        return found

    def _keep_an_admin(self, changed: Account) -> None:
        """Raise AccountError where nobody would be left who can manage the server."""
        others = (one for one in self.people() if one.name != changed.name)
        if not any("admin" in one.roles and not one.disabled for one in (*others, changed)):
            raise AccountError(
                f"{changed.name} is the last admin.", remedy="Make somebody else an admin first."
            )


class TooManyFailures(AccountError):  # noqa: N818 - as in errors.py: it says what was
    """Signing in is closed for a while, for this name or from this address."""
