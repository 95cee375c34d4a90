"""A server's accounts in one SQLite file, which the command line may change while the server runs.

A project's DuckDB file is open in one process only; accounts have to be added, and sessions ended,
beside a running server.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from labeling.errors import AccountError
from labeling.people.account_store import Account, AccountChange, Invitation, Session
from labeling.people.passwords import KeptPassword
from storage import account_log
from storage.account_emails import AccountEmails
from storage.account_rows import (
    account_of,
    number_of,
    projects_of,
    roles_of,
    text_of_projects,
    text_of_roles,
    time_of,
)
from storage.account_schema import SCHEMAS

_WAIT_SECONDS = 10.0

_SAVE = """
    INSERT INTO accounts (name, roles, created, disabled, projects, salt, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET roles = excluded.roles, disabled = excluded.disabled,
        projects = excluded.projects, salt = excluded.salt, digest = excluded.digest"""
_UPDATE = "UPDATE accounts SET roles = ?, disabled = ?, projects = ? WHERE name = ?"
_ACCOUNTS = """
    SELECT name, roles, created, disabled, projects FROM accounts
    WHERE ?1 IS NULL OR name = ?1 ORDER BY name"""
_SESSION = """
    SELECT sessions.name, began, expires, address,
           accounts.name, roles, created, disabled, projects
    FROM sessions JOIN accounts USING (name) WHERE token = ? AND expires > ? AND NOT disabled"""


def accounts_file(projects: Path) -> Path:
    """Return where the accounts of a folder of projects lie."""
    return projects / ".accounts" / "accounts.sqlite"


def has_accounts(file: Path) -> bool:
    """Tell whether there is an account in a file."""
    store = SQLiteAccounts(file)
    try:
        return store.any_account()
    finally:
        store.close()


class SQLiteAccounts(AccountEmails):
    """Implements `labeling.people.account_store.AccountStore`. Used from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it, readable by its owner alone."""
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._connection = sqlite3.connect(
                path, timeout=_WAIT_SECONDS, check_same_thread=False, isolation_level=None
            )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._migrate(path)
        except (OSError, sqlite3.Error) as error:
            raise AccountError(
                f"The accounts cannot be read: {error}.",
                where=str(path),
                remedy="Bring the file back from a backup, or set its rights right.",
            ) from error

    def _migrate(self, path: Path) -> None:
        with self._writing() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(SCHEMAS):
                raise AccountError(
                    "A newer version of Labelwright made these accounts.",
                    where=str(path),
                    remedy="Update Labelwright.",
                )
            for number in range(version, len(SCHEMAS)):
                for statement in SCHEMAS[number]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number + 1}")

    def any_account(self) -> bool:
        """Tell whether there is an account."""
        return bool(self._rows("SELECT 1 FROM accounts LIMIT 1"))

    def accounts(self) -> tuple[Account, ...]:
        """Return all accounts, by name."""
        return tuple(account_of(*saved) for saved in self._rows(_ACCOUNTS, None))

    def account(self, name: str) -> Account | None:
        """Return one account."""
        found = self._rows(_ACCOUNTS, name)
        return account_of(*found[0]) if found else None

    def changes(self, name: str | None = None, limit: int = 1_000) -> tuple[AccountChange, ...]:
        """Return the last changes of one account, or of all, newest first."""
        found = self._rows(account_log.CHANGES, name, limit)
        return tuple(account_log.change_of(*saved) for saved in found)

    def password(self, name: str) -> KeptPassword | None:
        """Return what is kept of the password of an account that is not disabled."""
        found = self._rows(
            "SELECT salt, digest FROM accounts WHERE name = ? AND NOT disabled", name
        )
        return KeptPassword(*found[0]) if found else None

    def save_account(
        self, account: Account, change: AccountChange, password: KeptPassword | None = None
    ) -> None:
        """Save an account; with another password, or disabled, all its sessions end."""
        with self._writing() as connection:
            if password is None:
                projects = text_of_projects(account.projects)
                given = [text_of_roles(account.roles), account.disabled, projects, account.name]
                connection.execute(_UPDATE, given)
            else:
                _save(connection, account, password)
            if password is not None or account.disabled:
                connection.execute("DELETE FROM sessions WHERE name = ?", [account.name])
            account_log.record(connection, change)

    def save_invitation(self, token: str, invitation: Invitation, change: AccountChange) -> None:
        """Save an invitation; an earlier one for the same name is void."""
        given = [
            token,
            invitation.name,
            text_of_roles(invitation.roles),
            number_of(invitation.expires),
            text_of_projects(invitation.projects),
        ]
        with self._writing() as connection:
            connection.execute("DELETE FROM invitations WHERE name = ?", [invitation.name])
            connection.execute("INSERT INTO invitations VALUES (?, ?, ?, ?, ?)", given)
            account_log.record(connection, change)

    def invitation(self, token: str) -> Invitation | None:
        """Return an invitation that nobody took yet."""
        found = self._rows(
            "SELECT name, roles, expires, projects FROM invitations WHERE token = ?", token
        )
        if not found:
            return None
        name, roles, expires, projects = found[0]
        return Invitation(name, roles_of(roles), time_of(expires), projects_of(projects))

    def take_invitation(
        self, token: str, account: Account, change: AccountChange, password: KeptPassword
    ) -> bool:
        """Save the account of an invitation and void that, in one step; False where it is void."""
        with self._writing() as connection:
            taken = connection.execute("DELETE FROM invitations WHERE token = ?", [token]).rowcount
            there = connection.execute("SELECT 1 FROM accounts WHERE name = ?", [account.name])
            if not taken or there.fetchone():
                return False  # an invitation must not give somebody another one's account
            _save(connection, account, password)
            account_log.record(connection, change)
            return True

    def save_session(self, token: str, session: Session) -> None:
        """Save that somebody signed in; sessions that ended long ago go."""
        began = number_of(session.began)
        given = [token, session.name, began, number_of(session.expires), session.address]
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE expires <= ?", [began])
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", given)

    def session(self, token: str, now: datetime) -> tuple[Session, Account] | None:
        """Return a session that has not ended and whose account is not disabled."""
        found = self._rows(_SESSION, token, number_of(now))
        if not found:
            return None
        name, began, expires, address, *account = found[0]
        return Session(name, time_of(began), time_of(expires), address), account_of(*account)

    def sessions(self, now: datetime) -> tuple[Session, ...]:
        """Return the sessions that have not ended, newest first."""
        found = self._rows(
            "SELECT name, began, expires, address FROM sessions WHERE expires > ?"
            " ORDER BY began DESC",
            number_of(now),
        )
        return tuple(
            Session(name, time_of(began), time_of(expires), address)
            for name, began, expires, address in found
        )

    def end_session(self, token: str) -> None:
        """End one session."""
        with self._writing() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", [token])

    def end_sessions(self, change: AccountChange) -> int:
        """End all sessions of the person that `change` names; return how many there were."""
        with self._writing() as connection:
            account_log.record(connection, change)
            ended = connection.execute("DELETE FROM sessions WHERE name = ?", [change.name])
            return ended.rowcount

    def note_failure(self, name: str, address: str, at: datetime) -> None:
        """Note that somebody failed to sign in; what is a day old goes."""
        with self._writing() as connection:
            connection.execute("DELETE FROM failures WHERE at < ?", [number_of(at) - 86_400])
            connection.execute(
                "INSERT INTO failures VALUES (?, ?, ?)", [name, address, number_of(at)]
            )

    def failures(self, name: str, address: str, since: datetime) -> tuple[int, int]:
        """Return how often signing in failed since then: for this name, from this address."""
        found = self._rows(
            "SELECT coalesce(sum(name = ?), 0), coalesce(sum(address = ?), 0) FROM failures"
            " WHERE at > ?",
            name,
            address,
            number_of(since),
        )
        return found[0][0], found[0][1]

    def forget_failures(self, name: str) -> None:
        """Forget the failures of a name: its owner signed in."""
        with self._writing() as connection:
            connection.execute("DELETE FROM failures WHERE name = ?", [name])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _rows(self, query: str, *given: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._connection.execute(query, given).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write all of a block or nothing of it."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


def _save(connection: sqlite3.Connection, account: Account, password: KeptPassword) -> None:
    connection.execute(
        _SAVE,
        [
            account.name,
            text_of_roles(account.roles),
            number_of(account.created),
            account.disabled,
            text_of_projects(account.projects),
            password.salt,
            password.digest,
        ],
    )
