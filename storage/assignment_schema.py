"""The tables of who is to annotate what, as steps of `storage.migrations`."""

from storage.database import Connection


def create_leases(connection: Connection) -> None:
    """Make the table of the rows that wait in queues, one line for each queue."""
    connection.execute("""
        CREATE TABLE leases (
            annotator VARCHAR NOT NULL, session VARCHAR NOT NULL, row_ids BIGINT[] NOT NULL,
            until_utc TIMESTAMP NOT NULL
        )""")
