"""Saved slices: filters under a name, as events of which the last of a name counts."""

from storage import times
from storage.database import Database

_PRESENT = """
    SELECT name, wanted FROM (
        SELECT *, max(seq) OVER names AS last_seq FROM slice_events
        WINDOW names AS (PARTITION BY name)
    ) WHERE seq = last_seq AND wanted IS NOT NULL ORDER BY name"""


def slices(database: Database) -> tuple[tuple[str, str], ...]:
    """Return name and filter, as JSON, of every saved slice, by name."""
    with database.reading() as cursor:
        return tuple(cursor.execute(_PRESENT).fetchall())


def save_slice(database: Database, name: str, wanted: str | None, author: str) -> None:
    """Save a filter under a name, or take the slice away with None."""
    database.write(
        lambda connection: connection.execute(
            "INSERT INTO slice_events (name, wanted, author, at_utc) VALUES (?, ?, ?, ?)",
            [name, wanted, author, times.now()],
        )
    )
