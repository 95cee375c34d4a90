"""Which rows wait in which annotator's queue, so that a server that starts anew knows it."""

from concurrent.futures import Future

from labeling.assignment_store import SavedLease
from storage import times
from storage.database import Connection, Database

# A session has one queue, whatever name its annotator has by now.
_REPLACED = """
    DELETE FROM leases
    WHERE until_utc < $now OR (session = $session AND (session <> '' OR annotator = $annotator))"""


def leases(database: Database) -> tuple[SavedLease, ...]:
    """Return the leases that were saved last, of each queue one; they may have ended."""
    with database.reading() as cursor:
        found = cursor.execute("SELECT annotator, session, row_ids, until_utc FROM leases")
        return tuple(
            SavedLease(annotator, session, tuple(rows), times.from_database(until))
            for annotator, session, rows, until in found.fetchall()
        )


def save_lease(database: Database, lease: SavedLease) -> "Future[None]":
    """Save a lease in place of the queue's last one; the future ends once it is on disk."""

    def save(connection: Connection) -> None:
        replaced = {"now": times.now(), "session": lease.session, "annotator": lease.annotator}
        connection.execute(_REPLACED, replaced)
        connection.execute(
            "INSERT INTO leases VALUES (?, ?, ?, ?)",
            [lease.annotator, lease.session, list(lease.rows), times.to_database(lease.until)],
        )

    return database.submit(lambda: database.transaction(save))
