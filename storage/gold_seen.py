"""Which labels by hand there were when each labeling function was saved last.

Sequence numbers tell, not times: annotators' clocks may be wrong.
"""

import numpy as np

from labeling.unseen_gold import GoldAges
from storage.database import Connection, Database

_FIRST_LABELS = """
    SELECT row_id, min(seq) AS first FROM annotation_events WHERE action IN ('label', 'decide')
    GROUP BY row_id ORDER BY row_id"""

_SEEN = """
    SELECT name, annotation_seq FROM function_events JOIN gold_seen ON function_seq = seq
    QUALIFY seq = max(seq) OVER (PARTITION BY name)"""


def note(connection: Connection, function_seq: int) -> None:
    """Note in the transaction that saves a function which annotation was the last one before it."""
    connection.execute(
        "INSERT INTO gold_seen SELECT ?, coalesce(max(seq), 0) FROM annotation_events",
        [function_seq],
    )


def gold_ages(database: Database) -> GoldAges:
    """Return when rows were first labelled by hand, and which labels functions were saved after."""
    with database.reading() as cursor:
        found = cursor.execute(_FIRST_LABELS).fetchnumpy()
        seen = dict(cursor.execute(_SEEN).fetchall())
    return GoldAges(
        row_ids=np.asarray(found["row_id"], dtype=np.int64),
        first=np.asarray(found["first"], dtype=np.int64),
        seen=seen,
    )
