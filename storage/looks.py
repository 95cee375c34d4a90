"""Looks at test gold, as events, and what was changed after each of them."""

from labeling.past import Look
from storage import times
from storage.database import Database

_SAVE = """
    INSERT INTO look_events (figures, author, at_utc, function_seq, acceptance_seq, setting_seq,
                             annotation_seq)
    SELECT ?, ?, ?,
           (SELECT coalesce(max(seq), 0) FROM function_events),
           (SELECT coalesce(max(seq), 0) FROM acceptance_events),
           (SELECT coalesce(max(seq), 0) FROM setting_events),
           (SELECT coalesce(max(seq), 0) FROM annotation_events)"""

# What was changed from one look to the next, or until now.
_LOOKS = """
    WITH spans AS (
        SELECT *, lead(function_seq, 1, 9223372036854775807) OVER past AS functions_to,
               lead(acceptance_seq, 1, 9223372036854775807) OVER past AS acceptances_to,
               lead(setting_seq, 1, 9223372036854775807) OVER past AS settings_to,
               lead(annotation_seq, 1, 9223372036854775807) OVER past AS annotations_to
        FROM look_events WINDOW past AS (ORDER BY seq)
    )
    SELECT author, at_utc, figures,
           (SELECT coalesce(list(DISTINCT name ORDER BY name), []) FROM function_events AS one
            WHERE one.seq > function_seq AND one.seq <= functions_to),
           (SELECT count(*) FROM function_events AS one
            WHERE one.seq > function_seq AND one.seq <= functions_to),
           (SELECT count(*) FROM acceptance_events AS one
            WHERE one.seq > acceptance_seq AND one.seq <= acceptances_to),
           (SELECT count(*) FROM setting_events AS one
            WHERE one.seq > setting_seq AND one.seq <= settings_to
              AND one.key IN ('model', 'seed', 'classes')),
           (SELECT count(*) FROM annotation_events AS one
            WHERE one.seq > annotation_seq AND one.seq <= annotations_to
              AND one.action NOT IN ('skip', 'flag'))
    FROM spans ORDER BY seq"""


_NONE_YET = "SELECT count(*) = 0 FROM look_events"


def save_look(database: Database, figures: str, author: str) -> None:
    """Record who looked now, and what was seen, as JSON."""
    database.write(lambda connection: connection.execute(_SAVE, [figures, author, times.now()]))


def looks(database: Database) -> tuple[Look, ...]:
    """Return every look at test gold, oldest first, with what was changed before the next one."""
    with database.reading() as cursor:
        # Most projects have none, and to count changes takes 20 ms in which every page waits.
        none_yet = cursor.execute(_NONE_YET).fetchone()
        found = [] if none_yet == (True,) else cursor.execute(_LOOKS).fetchall()
    return tuple(
        Look(author, times.from_database(at), figures, tuple(names), edits + taken + chosen, labels)
        for author, at, figures, names, edits, taken, chosen, labels in found
    )
