"""The tables of who is to annotate what, as steps of `storage.migrations`."""

from storage.database import Connection


def create_leases(connection: Connection) -> None:
    """Make the table of the rows that wait in queues, one line for each queue."""
    connection.execute("""
        CREATE TABLE leases (
            annotator VARCHAR NOT NULL, session VARCHAR NOT NULL, row_ids BIGINT[] NOT NULL,
            until_utc TIMESTAMP NOT NULL
        )""")


def create_batches(connection: Connection) -> None:
    """Make the append-only table of batches: one is given, and perhaps taken back.

    `batch` is the number of the event that gave it; an event that takes it back has no rows.
    """
    connection.execute("CREATE SEQUENCE batch_sequence")
    connection.execute("""
        CREATE TABLE batch_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('batch_sequence'),
            batch BIGINT NOT NULL, action VARCHAR NOT NULL, annotator VARCHAR NOT NULL,
            row_ids BIGINT[], draws VARCHAR[], sampler VARCHAR, author VARCHAR NOT NULL,
            at_utc TIMESTAMP NOT NULL
        )""")
