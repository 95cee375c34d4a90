"""In which order rows are shown: as they came, or those first that are worth a look."""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

from labeling.label_quality import confidences
from labeling.snapshot import Snapshot

RowOrder = Literal["file", "unsure", "split"]
ORDERS: Mapping[RowOrder, str] = {
    "file": "As in the file",
    "unsure": "Least sure first",
    "split": "Most disputed first",
}
RowIds = npt.NDArray[np.int64]


def in_order(snapshot: Snapshot, row_ids: RowIds, order: RowOrder) -> RowIds:
    """Return rows, given ascending, in an order; those that are equal in it stay as in the file."""
    if order == "file" or row_ids.size == 0:
        return row_ids
    return row_ids[np.argsort(_KEYS[order](snapshot, row_ids), kind="stable")]


def _confidence(snapshot: Snapshot, row_ids: RowIds) -> npt.NDArray[np.float64]:
    """Return the probability of each label; rows without one come last."""
    if snapshot.posterior is None:
        return np.zeros(row_ids.size)
    top = confidences(snapshot.posterior[row_ids])
    return np.where(snapshot.labels[row_ids] >= 0, top, 2.0)


def _agreed(snapshot: Snapshot, row_ids: RowIds) -> npt.NDArray[np.float64]:
    """Return minus the votes on each row that are not for the class with most of them."""
    columns = [snapshot.matrix.column(name)[row_ids] for name in snapshot.matrix.names]
    votes, most = np.zeros(row_ids.size), np.zeros(row_ids.size)
    for code in range(len(snapshot.classes)):
        of_class = np.zeros(row_ids.size)
        for column in columns:
            of_class += column == code
        votes += of_class
        np.maximum(most, of_class, out=most)
    return most - votes


_KEYS: Mapping[RowOrder, Callable[[Snapshot, RowIds], npt.NDArray[np.float64]]] = {
    "unsure": _confidence,
    "split": _agreed,
}
