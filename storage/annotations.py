"""Hand annotations as append-only events, and the gold labels they make with imported ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from labeling.annotation_store import Annotation, Gold
from labeling.draws import Draw
from storage import times
from storage.arrays import read_only
from storage.database import Connection, Database, count
from storage.sql import compose

_FIELDS = (
    "event_id, row_id, action, code, annotator, at_utc, seconds, note, flagged, "
    "sampler, propensity, even"
)

_GIVEN = """
    unnest($1::UUID[]), unnest($2::BIGINT[]), unnest($3::VARCHAR[]), unnest($4::TINYINT[]),
    unnest($5::VARCHAR[]), unnest($6::TIMESTAMP[]), unnest($7::DOUBLE[]), unnest($8::VARCHAR[]),
    unnest($9::BOOLEAN[]), unnest($10::VARCHAR[]), unnest($11::DOUBLE[]), unnest($12::DOUBLE[])"""

_APPEND = compose(
    """
    INSERT INTO annotation_events ({fields}) SELECT {given}
    ON CONFLICT DO NOTHING RETURNING {fields}, seq""",
    fields=_FIELDS,
    given=_GIVEN,
)

_RESTORE = compose(
    "INSERT INTO annotation_events ({fields}, seq) SELECT {given}, unnest($13::BIGINT[])",
    fields=_FIELDS,
    given=_GIVEN,
)

_ALL = compose("SELECT {fields}, seq FROM annotation_events", fields=_FIELDS)

_EVENTS = compose("{all} WHERE $1 IS NULL OR row_id = $1 ORDER BY seq", all=_ALL)

_EVENTS_SINCE = compose("{all} WHERE seq > $1 ORDER BY seq", all=_ALL)

_OWN_LABELS = compose(
    """
    {all} WHERE action NOT IN ('decide', 'reopen', 'flag')
    QUALIFY seq = max(seq) OVER (PARTITION BY row_id, annotator) AND action = 'label'
    ORDER BY row_id, annotator""",
    all=_ALL,
)

_DECISIONS = compose(
    """
    {all} WHERE action IN ('decide', 'reopen')
    QUALIFY seq = max(seq) OVER (PARTITION BY row_id) AND action = 'decide' ORDER BY row_id""",
    all=_ALL,
)

# A flag stands until its annotator answers the row anew without one, or a reviewer, later than it,
# decides the row or takes the flag off.
_FLAGS = compose(
    """
    WITH own AS (
        {all} WHERE action NOT IN ('decide', 'reopen', 'flag')
        QUALIFY seq = max(seq) OVER (PARTITION BY row_id, annotator)
    ), last_word AS (
        {all} WHERE action = 'flag' QUALIFY seq = max(seq) OVER (PARTITION BY row_id)
    ), seen AS (
        SELECT row_id, max(seq) AS until FROM (
            SELECT row_id, seq FROM last_word WHERE NOT flagged
            UNION ALL SELECT row_id, seq FROM ({decisions})
        ) GROUP BY row_id
    )
    SELECT {fields}, seq FROM own LEFT JOIN seen USING (row_id)
    WHERE flagged AND action IN ('label', 'skip') AND seq > coalesce(until, 0)
    ORDER BY row_id, seq""",
    all=_ALL,
    decisions=_DECISIONS,
    fields=_FIELDS,
)

# Of a row, the class that most annotators name; none where several have as many. How it came to be
# annotated, the first label that stands says.
_GOLD = compose(
    """
    WITH decided AS ({decisions}), counted AS (
        SELECT row_id, code, count(*) AS annotators FROM ({own_labels}) GROUP BY row_id, code
    ), most_named AS (
        SELECT row_id, code FROM counted
        QUALIFY annotators = max(annotators) OVER (PARTITION BY row_id)
    ), agreed AS (
        SELECT row_id, any_value(code) AS code FROM most_named GROUP BY row_id HAVING count(*) = 1
    ), annotated AS (
        SELECT row_id, code FROM decided
        UNION ALL SELECT row_id, code FROM agreed ANTI JOIN decided USING (row_id)
    ), known AS (
        SELECT row_id, code, false AS annotated FROM gold
        UNION ALL SELECT row_id, code, true FROM annotated ANTI JOIN gold USING (row_id)
    ), drawn AS (
        SELECT row_id, min(seq) AS first,
               arg_min(even / propensity, seq) FILTER (propensity IS NOT NULL) AS weight
        FROM ({own_labels}) GROUP BY row_id
    )
    SELECT row_id, code, coalesce(split = 'test', false) AS is_test, annotated,
           coalesce(first, 0) AS first, coalesce(weight, 'NaN'::DOUBLE) AS weight
    FROM known LEFT JOIN splits USING (row_id) LEFT JOIN drawn USING (row_id)
    ORDER BY row_id""",
    decisions=_DECISIONS,
    own_labels=_OWN_LABELS,
)


def insert(connection: Connection, events: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """Save the events that are not saved yet; return those, numbered, in their order."""
    added = connection.execute(_APPEND, _as_columns(events)).fetchall()
    return tuple(sorted(map(_event, added), key=sequence_of))


def restore(connection: Connection, events: Sequence[Annotation]) -> None:
    """Save events of the journal under the sequence numbers that they had."""
    connection.execute(_RESTORE, [*_as_columns(events), [event.sequence for event in events]])


def continue_after(connection: Connection, sequence: int) -> None:
    """Let new events have sequence numbers above this one."""
    last = count(connection, "SELECT nextval('annotation_sequence')")
    if last < sequence:
        connection.execute(
            "SELECT max(nextval('annotation_sequence')) FROM range(?)", [sequence - last]
        ).fetchall()


def annotations(database: Database, row_id: int | None = None) -> tuple[Annotation, ...]:
    """Return the events of one row, or all, in the order in which they were saved."""
    with database.reading() as cursor:
        return tuple(map(_event, cursor.execute(_EVENTS, [row_id]).fetchall()))


def annotations_since(database: Database, sequence: int) -> tuple[Annotation, ...]:
    """Return the events with higher sequence numbers, in the order in which they were saved."""
    with database.reading() as cursor:
        return tuple(map(_event, cursor.execute(_EVENTS_SINCE, [sequence]).fetchall()))


def labels_by_annotator(database: Database) -> tuple[Annotation, ...]:
    """Return the label that each annotator gives each row now, by row and annotator."""
    with database.reading() as cursor:
        return tuple(map(_event, cursor.execute(_OWN_LABELS).fetchall()))


def decisions(database: Database) -> dict[int, Annotation]:
    """Return the reviewer's decision on each row that has one."""
    with database.reading() as cursor:
        decided = map(_event, cursor.execute(_DECISIONS).fetchall())
        return {one.row_id: one for one in decided}


def flags(database: Database) -> tuple[Annotation, ...]:
    """Return the answers whose flag stands, by row and in the order in which they were saved."""
    with database.reading() as cursor:
        return tuple(map(_event, cursor.execute(_FLAGS).fetchall()))


def last_sequence(database: Database) -> int:
    """Return the highest sequence number of a saved event, 0 where there is none."""
    with database.reading() as cursor:
        return count(cursor, "SELECT coalesce(max(seq), 0) FROM annotation_events")


def sequence_of(event: Annotation) -> int:
    """Return the sequence number of a saved event."""
    if event.sequence is None:
        raise ValueError("the event was not saved yet")
    return event.sequence


def gold(database: Database) -> Gold:
    """Return the known label of each row: an imported, a decided, or an agreed one."""
    with database.reading() as cursor:
        known = cursor.execute(_GOLD).fetchnumpy()
    return Gold(
        row_ids=read_only(known["row_id"], np.int64),
        codes=read_only(known["code"], np.int8),
        is_test=read_only(known["is_test"], np.bool_),
        annotated=read_only(known["annotated"], np.bool_),
        first=read_only(known["first"], np.int64),
        weights=read_only(known["weight"], np.float64),
    )


def _event(saved: tuple[Any, ...]) -> Annotation:
    event_id, row, action, code, annotator, at, seconds, note, flagged, *draw, sequence = saved
    return Annotation(
        event_id=event_id,
        row_id=row,
        action=action,
        code=code,
        annotator=annotator,
        at=times.from_database(at),
        seconds=seconds,
        note=note,
        flagged=flagged,
        sequence=sequence,
        draw=None if draw[0] is None else Draw(*draw),
    )


def _as_columns(events: Sequence[Annotation]) -> list[list[object]]:
    return [
        [str(event.event_id) for event in events],
        [event.row_id for event in events],
        [event.action for event in events],
        [event.code for event in events],
        [event.annotator for event in events],
        [times.to_database(event.at) for event in events],
        [event.seconds for event in events],
        [event.note for event in events],
        [event.flagged for event in events],
        [event.draw and event.draw.sampler for event in events],
        [event.draw and event.draw.propensity for event in events],
        [event.draw and event.draw.even for event in events],
    ]
