"""Rows pinned to labeling functions with the vote they should get; the last event counts."""

from labeling.past import Pin
from storage import times
from storage.database import Connection, Database

_PRESENT = """
    SELECT name, row_id, code FROM pin_events
    QUALIFY seq = max(seq) OVER (PARTITION BY name, row_id) AND code IS NOT NULL
    ORDER BY name, row_id"""


def pins(database: Database) -> tuple[Pin, ...]:
    """Return what is pinned now, by function and row."""
    with database.reading() as cursor:
        return tuple(Pin(*pinned) for pinned in cursor.execute(_PRESENT).fetchall())


def save_pin(database: Database, name: str, row_id: int, code: int | None, author: str) -> None:
    """Pin a row, or let it go with None; what is so already adds nothing."""

    def save(connection: Connection) -> None:
        present = {(pinned, row): vote for pinned, row, vote in _present(connection)}
        if present.get((name, row_id)) != code:
            connection.execute(
                "INSERT INTO pin_events (name, row_id, code, author, at_utc)"
                " VALUES (?, ?, ?, ?, ?)",
                [name, row_id, code, author, times.now()],
            )

    database.write(save)


def _present(connection: Connection) -> list[tuple[str, int, int]]:
    return connection.execute(_PRESENT).fetchall()
