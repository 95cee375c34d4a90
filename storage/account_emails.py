"""The e-mail addresses of accounts, and the identities that were used to sign in."""

import sqlite3
from abc import abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime

from labeling.people.account_store import Account, AccountChange
from storage import account_log
from storage.account_rows import number_of


class AccountEmails:
    """Implements what `labeling.people.account_store.AccountStore` says of addresses."""

    @abstractmethod
    def account(self, name: str) -> Account | None:
        """Return one account."""

    @abstractmethod
    def _rows(self, query: str, *given: object) -> list[tuple]:  # type: ignore[type-arg]
        """Return what a query finds."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """Write all of a block or nothing of it."""

    def emails(self) -> dict[str, str]:
        """Return the e-mail addresses of accounts that have one, by name."""
        return dict(self._rows("SELECT name, email FROM emails"))

    def account_of_email(self, email: str) -> Account | None:
        """Return the account of an e-mail address, whatever its case."""
        found = self._rows("SELECT name FROM emails WHERE email = ?", email)
        return self.account(found[0][0]) if found else None

    def save_email(self, email: str | None, change: AccountChange) -> bool:
        """Give the account that `change` names an address; False where another one has it."""
        with self._writing() as connection:
            connection.execute("DELETE FROM emails WHERE name = ?", [change.name])
            if email is not None:
                taken = connection.execute("SELECT 1 FROM emails WHERE email = ?", [email])
                if taken.fetchone():
                    return False
                connection.execute("INSERT INTO emails VALUES (?, ?)", [email, change.name])
            account_log.record(connection, change)
            return True

    def take_identity(self, digest: str, expires: datetime, now: datetime) -> bool:
        """Note that an identity was used until it expires; False where it was used before."""
        with self._writing() as connection:
            connection.execute("DELETE FROM identities WHERE expires <= ?", [number_of(now)])
            taken = connection.execute(
                "INSERT OR IGNORE INTO identities VALUES (?, ?)", [digest, number_of(expires)]
            )
            return taken.rowcount == 1
