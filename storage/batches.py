"""Batches of rows for one annotator, as events: one is given, and perhaps taken back."""

from typing import Any

from labeling.assignment_store import Batch
from labeling.draws import Draw
from storage import times
from storage.database import Connection, Database, count

_STANDING = """
    SELECT batch, annotator, row_ids, draws, sampler, author, at_utc FROM batch_events AS given
    WHERE action = 'given'
        AND NOT EXISTS (FROM batch_events AS gone
                        WHERE gone.batch = given.batch AND gone.action = 'taken back')
    ORDER BY batch"""

_GIVE = """
    INSERT INTO batch_events
    SELECT $number, $number, 'given', $annotator, $rows, $draws, $sampler, $author, $at"""

_TAKE_BACK = """
    INSERT INTO batch_events (batch, action, annotator, author, at_utc)
    SELECT batch, 'taken back', annotator, $author, $at FROM batch_events
    WHERE batch = $number AND action = 'given'"""


def batches(database: Database) -> tuple[Batch, ...]:
    """Return the batches that were given and not taken back, oldest first."""
    with database.reading() as cursor:
        return tuple(_batch(*found) for found in cursor.execute(_STANDING).fetchall())


def save_batch(
    database: Database,
    annotator: str,
    rows: tuple[int, ...],
    draws: tuple[Draw | None, ...],
    sampler: str,
    author: str,
) -> Batch:
    """Save a batch; return it with its number."""

    def save(connection: Connection) -> Batch:
        number = count(connection, "SELECT nextval('batch_sequence')")
        at = times.now()
        texts = [draw.as_text() if draw else "" for draw in draws]
        given = {"number": number, "annotator": annotator, "rows": list(rows), "draws": texts}
        connection.execute(_GIVE, {**given, "sampler": sampler, "author": author, "at": at})
        return Batch(number, annotator, rows, draws, sampler, author, times.from_database(at))

    return database.write(save)


def take_back_batch(database: Database, number: int, author: str) -> None:
    """Record that a batch is taken back."""
    given = {"number": number, "author": author, "at": times.now()}
    database.write(lambda connection: connection.execute(_TAKE_BACK, given))


def _batch(number: int, annotator: str, rows: list[int], draws: list[str], *given: Any) -> Batch:
    sampler, author, at = given
    drawn = tuple(map(Draw.from_text, draws))
    return Batch(number, annotator, tuple(rows), drawn, sampler, author, times.from_database(at))
