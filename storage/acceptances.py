"""Versions of labeling functions that were accepted with their errors; the last event counts."""

from labeling.functions import LabelingFunction
from labeling.store import Acceptance
from storage import times
from storage.database import Connection, Database

_LATEST = """
    SELECT version, name, author, at_utc FROM acceptance_events
    QUALIFY seq = max(seq) OVER (PARTITION BY version) AND action = 'accepted'"""


def accept_function(database: Database, function: LabelingFunction, author: str) -> None:
    """Record that this version is accepted; where it is already, nothing is added."""

    def accept(connection: Connection) -> None:
        if function.version not in _accepted(connection):
            _append(connection, "accepted", function.version, function.name, author)

    database.write(accept)


def withdraw_acceptance(database: Database, version: str, author: str) -> None:
    """Record that a version is not accepted any more; where it is not, nothing is added."""

    def withdraw(connection: Connection) -> None:
        accepted = _accepted(connection).get(version)
        if accepted is not None:
            _append(connection, "withdrawn", version, accepted.name, author)

    database.write(withdraw)


def acceptances(database: Database) -> dict[str, Acceptance]:
    """Return every acceptance that holds, by version."""
    with database.reading() as cursor:
        return _accepted(cursor)


def _accepted(connection: Connection) -> dict[str, Acceptance]:
    accepted = connection.execute(_LATEST).fetchall()
    return {
        version: Acceptance(version, name, author, times.from_database(at))
        for version, name, author, at in accepted
    }


def _append(connection: Connection, action: str, version: str, name: str, author: str) -> None:
    connection.execute(
        "INSERT INTO acceptance_events (action, version, name, author, at_utc)"
        " VALUES (?, ?, ?, ?, ?)",
        [action, version, name, author, times.now()],
    )
