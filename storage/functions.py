"""Labeling functions as an append-only history: nothing that was saved is ever lost."""

from labeling.errors import ProjectError
from labeling.functions import LabelingFunction
from labeling.store import FunctionVersion
from storage import gold_seen, times
from storage.database import Connection, Database

_PRESENT = """
    SELECT name, kind, source FROM (
        SELECT *, min(seq) OVER names AS first_seq, max(seq) OVER names AS last_seq
        FROM function_events
        WINDOW names AS (PARTITION BY name)
    )
    WHERE seq = last_seq AND action = 'saved'
    ORDER BY first_seq"""


def functions(database: Database) -> tuple[LabelingFunction, ...]:
    """Return the project's functions as last saved, in the order in which they first came."""
    with database.reading() as cursor:
        return tuple(LabelingFunction(*saved) for saved in cursor.execute(_PRESENT).fetchall())


def save_function(database: Database, function: LabelingFunction, author: str) -> None:
    """Add a version; saving what is already the present version adds nothing."""

    def save(connection: Connection) -> None:
        if (function.name, function.kind, function.source) in _present(connection):
            return
        (seq,) = connection.execute(
            "INSERT INTO function_events (action, name, kind, source, author, at_utc)"
            " VALUES ('saved', ?, ?, ?, ?, ?) RETURNING seq",
            [function.name, function.kind, function.source, author, times.now()],
        ).fetchall()[0]
        gold_seen.note(connection, seq)

    database.write(save)


def remove_function(database: Database, name: str, author: str = "") -> None:
    """Take a function out of the project; its history stays.

    Raises:
        ProjectError: the project has no function of this name.
    """

    def remove(connection: Connection) -> None:
        names = [present_name for present_name, _, _ in _present(connection)]
        if name not in names:
            raise ProjectError(f"There is no labeling function {name!r}.", choices=names)
        connection.execute(
            "INSERT INTO function_events (action, name, author, at_utc)"
            " VALUES ('removed', ?, ?, ?)",
            [name, author, times.now()],
        )

    database.write(remove)


def function_history(database: Database, name: str) -> tuple[FunctionVersion, ...]:
    """Return every saved version of a function, oldest first."""
    with database.reading() as cursor:
        saved = cursor.execute(
            "SELECT name, kind, source, at_utc, author FROM function_events"
            " WHERE name = ? AND action = 'saved' ORDER BY seq",
            [name],
        ).fetchall()
    return tuple(
        FunctionVersion(LabelingFunction(name, kind, source), times.from_database(at), author)
        for name, kind, source, at, author in saved
    )


def _present(connection: Connection) -> list[tuple[str, str, str]]:
    return connection.execute(_PRESENT).fetchall()
