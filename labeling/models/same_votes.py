"""Functions that cast the very same votes: one surely repeats the other.

Independent functions that ever err do not; two keywords of a rare class, which never err, may.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from labeling.models.contract import Floats, Ints
from labeling.votes import Votes

if TYPE_CHECKING:
    from labeling.models.fires import Fires

LEAST_SHARED = 5
"""Two functions that meet on fewer rows may do so by chance."""


def repeated_rows(fires: "Fires") -> Floats:
    """Return on how many rows i and j vote alike because one surely repeats the other, (m, m).

    These are the rows of `fires.copies`, and all rows of functions with the same votes everywhere.
    """
    rows, votes = fires.copies.rows.copy(), fires.by_function(fires.sampled_counts)
    counts = fires.counts.reshape(fires.n_functions, fires.n_classes)
    for alike in _same_rows(counts):
        # Columns are long: only where functions vote each class as often can they be the same.
        for places in _same_rows(fires.votes[:, alike].T):
            copies = alike[places]
            if counts[copies[0]].sum() >= LEAST_SHARED:
                rows[np.ix_(copies, copies)] = votes[copies[0]]
    np.fill_diagonal(rows, 0.0)
    return rows


def _same_rows(table: Floats | Votes) -> list[Ints]:
    """Return which rows of a table (m, c) are the same, int64 each, where more than one is."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for row, values in enumerate(table):
        groups[values.tobytes()].append(row)
    return [np.array(rows) for rows in groups.values() if len(rows) > 1]
