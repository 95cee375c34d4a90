"""What a project is about, and its settings; each change of them is an event, too."""

import json
from collections.abc import Sequence

from labeling.errors import ProjectError
from labeling.store import ProjectInfo
from storage import times
from storage.database import Connection, Database, first_row


def info(database: Database) -> ProjectInfo:
    """Return the project's name, classes, columns with a role, guidelines and creation time."""
    with database.reading() as cursor:
        return read_info(cursor)


def read_info(connection: Connection) -> ProjectInfo:
    """Return the same on a connection that is already in use."""
    stored = first_row(
        connection,
        "SELECT name, classes, text_column, id_column, guidelines, gold_column, split_column,"
        " created FROM project",
    )
    if stored is None:
        raise ProjectError(
            "The project has no description.", remedy="Restore project.duckdb from a backup."
        )
    name, classes, text_column, id_column, guidelines, gold_column, split_column, created = stored
    return ProjectInfo(
        name=name,
        classes=tuple(classes),
        text_column=text_column,
        id_column=id_column,
        guidelines=guidelines,
        gold_column=gold_column,
        split_column=split_column,
        created=times.from_database(created),
    )


def save_info(database: Database, saved: ProjectInfo, author: str = "") -> None:
    """Replace what the project is about; a missing creation time means the first one, or now."""
    database.write(lambda connection: write_info(connection, saved, author))


def write_info(connection: Connection, saved: ProjectInfo, author: str = "") -> None:
    """Do the same inside a transaction of the writer."""
    first = first_row(connection, "DELETE FROM project RETURNING created, classes, guidelines")
    if saved.created is not None:
        created = times.to_database(saved.created)
    else:
        created = first[0] if first else times.now()
    if first is not None:
        _append(connection, "classes", _json(first[1]), _json(saved.classes), author)
        _append(connection, "guidelines", first[2], saved.guidelines, author)
    connection.execute(
        "INSERT INTO project VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            saved.name,
            list(saved.classes),
            saved.text_column,
            saved.id_column,
            saved.guidelines,
            saved.gold_column,
            saved.split_column,
            created,
        ],
    )


def settings(database: Database) -> dict[str, str]:
    """Return the saved settings by key."""
    with database.reading() as cursor:
        return dict(cursor.execute("SELECT key, value FROM settings").fetchall())


def save_setting(database: Database, key: str, value: str | None, author: str = "") -> None:
    """Save a setting; None takes it away."""

    def save(connection: Connection) -> None:
        before = first_row(connection, "DELETE FROM settings WHERE key = ? RETURNING value", [key])
        if value is not None:
            connection.execute("INSERT INTO settings VALUES (?, ?)", [key, value])
        _append(connection, key, before[0] if before else None, value, author)

    database.write(save)


def _append(
    connection: Connection, key: str, before: str | None, after: str | None, author: str
) -> None:
    """Record a change; where nothing changed, nothing is added."""
    if before != after:
        connection.execute(
            "INSERT INTO setting_events (key, before, after, author, at_utc)"
            " VALUES (?, ?, ?, ?, ?)",
            [key, before, after, author, times.now()],
        )


def _json(classes: Sequence[str]) -> str:
    return json.dumps(list(classes), ensure_ascii=False)
