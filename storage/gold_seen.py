"""Which labels by hand there were when each labeling function was saved last.

Sequence numbers tell, not times: annotators' clocks may be wrong.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from storage.arrays import read_only
from storage.database import Connection, Database

_FIRST_LABELS = """
    SELECT row_id, min(seq) AS first FROM annotation_events WHERE action IN ('label', 'decide')
    GROUP BY row_id ORDER BY row_id"""

_SEEN = """
    SELECT name, arg_max(annotation_seq, seq) FROM function_events
    JOIN gold_seen ON function_seq = seq GROUP BY name"""


@dataclass(frozen=True, eq=False)
class FirstLabels:
    """The rows that were ever labelled by hand, ascending, and the number of each's first label."""

    row_ids: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]


def note(connection: Connection, function_seq: int) -> None:
    """Note in the transaction that saves a function which annotation was the last one before it."""
    connection.execute(
        "INSERT INTO gold_seen SELECT ?, coalesce(max(seq), 0) FROM annotation_events",
        [function_seq],
    )


def first_labels(database: Database) -> FirstLabels:
    """Return when rows were first labelled by hand."""
    with database.reading() as cursor:
        found = cursor.execute(_FIRST_LABELS).fetchnumpy()
    return FirstLabels(
        row_ids=read_only(found["row_id"], np.int64),
        numbers=read_only(found["first"], np.int64),
    )


def seen(database: Database) -> dict[str, int]:
    """Return the number of the last annotation before each function was saved last, by name."""
    with database.reading() as cursor:
        return dict(cursor.execute(_SEEN).fetchall())
