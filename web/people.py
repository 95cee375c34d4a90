"""The accounts of this server, opened as soon as there are any."""

import threading
from pathlib import Path

from labeling.people.accounts import Accounts
from storage.accounts import SQLiteAccounts, accounts_file


class People:
    """Who may use this server: nobody is asked until the command line added an account."""

    def __init__(self, projects: Path) -> None:
        self._file = accounts_file(projects)
        self._lock = threading.Lock()
        self._opened: tuple[SQLiteAccounts, Accounts] | None = None

    def accounts(self) -> Accounts | None:
        """Return the accounts, None where people do not have to sign in.

        Raises:
            AccountError: there is a file of accounts, and it cannot be read.
        """
        with self._lock:
            if self._opened is None and self._file.exists():
                store = SQLiteAccounts(self._file)
                self._opened = store, Accounts(store)
        found = self._opened[1] if self._opened else None
        return found if found is not None and found.in_use else None

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._opened is not None:
                self._opened[0].close()
                self._opened = None
