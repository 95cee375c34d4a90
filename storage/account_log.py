"""What was done to accounts, by whom and when: records that the file itself refuses to change."""

import sqlite3
from typing import cast

from labeling.people.account_store import AccountAction, AccountChange
from storage.account_rows import number_of, time_of

CHANGES = """
    SELECT name, action, author, at, before, after FROM account_events
    WHERE ?1 IS NULL OR name = ?1 ORDER BY seq DESC LIMIT ?2"""

_RECORD = """
    INSERT INTO account_events (at, author, action, name, before, after)
    VALUES (?, ?, ?, ?, ?, ?)"""


def record(connection: sqlite3.Connection, change: AccountChange) -> None:
    """Record a change in the transaction that makes it."""
    connection.execute(
        _RECORD,
        [
            number_of(change.at),
            change.author,
            change.action,
            change.name,
            change.before,
            change.after,
        ],
    )


def change_of(
    name: str, action: str, author: str, at: float, before: str, after: str
) -> AccountChange:
    """Return a record that `CHANGES` gave."""
    return AccountChange(name, cast("AccountAction", action), author, time_of(at), before, after)
