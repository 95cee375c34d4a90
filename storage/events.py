"""All changes of a project as one list, read from the tables that only ever grow."""

from labeling.past import Event, EventFilter, EventKind, EventPage
from storage import times
from storage.database import Database, count
from storage.sql import compose

# Each gives: kind, seq, action, subject, before, after, author, at_utc, latest, again.
_SOURCES: dict[EventKind, str] = {
    "function": """
        SELECT 'function', seq, action, name,
               CASE lag(action) OVER past WHEN 'saved'
                   THEN lag(kind || chr(10) || source) OVER past END,
               kind || chr(10) || source, author, at_utc,
               seq = max(seq) OVER (PARTITION BY name),
               row_number() OVER (PARTITION BY name, action, kind, source ORDER BY seq) > 1
        FROM function_events WINDOW past AS (PARTITION BY name ORDER BY seq)""",
    "acceptance": """
        SELECT 'acceptance', seq, action, name, NULL, version, author, at_utc,
               seq = max(seq) OVER (PARTITION BY version), false
        FROM acceptance_events""",
    "annotation": """
        SELECT 'annotation', seq, action, row_id::VARCHAR,
               (lag(said) OVER past)::VARCHAR, said::VARCHAR, annotator, at_utc,
               seq = max(seq) OVER (PARTITION BY row_id, whose, action = 'flag'), false
        FROM (
            SELECT *, CASE WHEN action NOT IN ('decide', 'reopen', 'flag') THEN annotator END
                          AS whose,
                   CASE action WHEN 'flag' THEN flagged::TINYINT ELSE code END AS said
            FROM annotation_events
        ) WINDOW past AS (PARTITION BY row_id, whose, action = 'flag' ORDER BY seq)""",
    "pin": """
        SELECT 'pin', seq, CASE WHEN code IS NULL THEN 'unpinned' ELSE 'pinned' END,
               name || chr(10) || row_id, (lag(code) OVER past)::VARCHAR, code::VARCHAR, author,
               at_utc, seq = max(seq) OVER (PARTITION BY name, row_id), false
        FROM pin_events WINDOW past AS (PARTITION BY name, row_id ORDER BY seq)""",
    "slice": """
        SELECT 'slice', seq, CASE WHEN wanted IS NULL THEN 'removed' ELSE 'saved' END, name,
               lag(wanted) OVER past, wanted, author, at_utc,
               seq = max(seq) OVER (PARTITION BY name), false
        FROM slice_events WINDOW past AS (PARTITION BY name ORDER BY seq)""",
    "setting": """
        SELECT 'setting', seq, 'changed', key, before, after, author, at_utc,
               seq = max(seq) OVER (PARTITION BY key),
               row_number() OVER (PARTITION BY key, after ORDER BY seq) > 1
        FROM setting_events""",
    "batch": """
        SELECT 'batch', seq, action, annotator, NULL, coalesce(len(row_ids), batch)::VARCHAR,
               author, at_utc, seq = max(seq) OVER (PARTITION BY batch), false
        FROM batch_events""",
    "look": """
        SELECT 'look', seq, 'looked', 'test gold', NULL, figures, author, at_utc,
               seq = max(seq) OVER (), false
        FROM look_events""",
    "import": """
        SELECT 'import', row_number() OVER (ORDER BY at_utc, sha256), 'imported', file_name, NULL,
               rows::VARCHAR, '', at_utc, true, false
        FROM imports""",
}
_COLUMNS = "kind, seq, action, subject, before, after, author, at_utc, latest, again"
_KEPT = """
    FROM ({sources}) AS events({columns})
    WHERE ($author IS NULL OR author = $author)
        AND ($event IS NULL OR kind || ':' || seq = $event)"""
_AUTHORS = """
    SELECT DISTINCT author FROM (
        SELECT author FROM function_events UNION SELECT author FROM acceptance_events
        UNION SELECT annotator FROM annotation_events UNION SELECT author FROM setting_events
        UNION SELECT author FROM pin_events UNION SELECT author FROM slice_events
        UNION SELECT author FROM look_events UNION SELECT author FROM batch_events
    ) WHERE author <> '' ORDER BY author"""


def events(database: Database, wanted: EventFilter, offset: int, limit: int | None) -> EventPage:
    """Return the events that `wanted` keeps, newest first, `limit` of them from `offset` on."""
    kinds = wanted.kinds or tuple(_SOURCES)
    kept = compose(
        _KEPT, sources=" UNION ALL ".join(_SOURCES[kind] for kind in kinds), columns=_COLUMNS
    )
    given = {"author": wanted.author, "event": wanted.event_id}
    with database.reading() as cursor:
        found = cursor.execute(
            compose(
                "SELECT {columns} {kept} ORDER BY at_utc DESC, kind, seq DESC"
                " LIMIT $limit OFFSET $offset",
                columns=_COLUMNS,
                kept=kept,
            ),
            {**given, "limit": limit if limit is not None else 2**62, "offset": offset},
        ).fetchall()
        total = count(cursor, compose("SELECT count(*) {kept}", kept=kept), given)
    return EventPage(
        total,
        tuple(
            Event(
                event_id=f"{kind}:{seq}",
                kind=kind,
                action=action,
                subject=subject,
                before=before,
                after=after,
                author=author,
                at=times.from_database(at),
                latest=latest,
                again=again,
            )
            for kind, seq, action, subject, before, after, author, at, latest, again in found
        ),
    )


def authors(database: Database) -> tuple[str, ...]:
    """Return who changed something, sorted, without those who gave no name."""
    with database.reading() as cursor:
        return tuple(name for (name,) in cursor.execute(_AUTHORS).fetchall())
