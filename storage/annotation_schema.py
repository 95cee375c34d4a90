"""The table of hand annotations, which only grows, as steps of `storage.migrations`."""

from storage.database import Connection
from storage.sql import compose


def create_annotations(connection: Connection) -> None:
    """Make the append-only table of hand annotations: the last event of a row counts."""
    connection.execute("CREATE SEQUENCE annotation_sequence")
    connection.execute("""
        CREATE TABLE annotation_events (
            seq BIGINT PRIMARY KEY DEFAULT nextval('annotation_sequence'),
            event_id UUID NOT NULL UNIQUE, row_id BIGINT NOT NULL, action VARCHAR NOT NULL,
            code TINYINT, annotator VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL, seconds DOUBLE,
            note VARCHAR NOT NULL
        )""")


def add_draws(connection: Connection) -> None:
    """Let annotations tell how their rows were drawn; NULL where that is not known."""
    for column in ("sampler VARCHAR", "propensity DOUBLE", "even DOUBLE"):
        connection.execute(
            compose("ALTER TABLE annotation_events ADD COLUMN {column}", column=column)
        )


def add_flags(connection: Connection) -> None:
    """Let annotations say that somebody should look at their row again; none said so before."""
    connection.execute("ALTER TABLE annotation_events ADD COLUMN flagged BOOLEAN DEFAULT false")
