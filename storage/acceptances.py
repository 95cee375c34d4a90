"""Versions of labeling functions that were accepted with their errors."""

from labeling.functions import LabelingFunction
from labeling.store import Acceptance
from storage import times
from storage.database import Database


def accept_function(database: Database, function: LabelingFunction, author: str) -> None:
    """Record that this version is accepted; the first to accept it counts."""
    database.write(
        lambda connection: connection.execute(
            "INSERT INTO function_acceptances VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [function.version, function.name, author, times.now()],
        )
    )


def acceptances(database: Database) -> dict[str, Acceptance]:
    """Return every acceptance, by version."""
    with database.reading() as cursor:
        accepted = cursor.execute(
            "SELECT version, name, author, at_utc FROM function_acceptances"
        ).fetchall()
    return {
        version: Acceptance(version, name, author, times.from_database(at))
        for version, name, author, at in accepted
    }
