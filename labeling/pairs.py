"""Every two functions beside each other: how often they meet, differ, and say too much the same."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from labeling.browse import RowSet
from labeling.dependence import Dependence
from labeling.snapshot import Snapshot
from labeling.votes import LabelMatrix
from labeling.warnings import pairs_of

Measure = Literal["overlap", "conflict", "excess"]

MEASURES: dict[Measure, str] = {
    "overlap": "Overlap",
    "conflict": "Conflict",
    "excess": "Excess agreement",
}


@dataclass(frozen=True)
class PairCell:
    """Two functions: `value` is a share of all rows, or the excess; `rows` are those behind it."""

    one: str
    other: str
    value: float
    rows: int


def pair_cells(snapshot: Snapshot, measure: Measure) -> tuple[PairCell, ...]:
    """Return a cell for every two different functions of the label model, both ways.

    There are none of `excess` before the label model is fitted.
    """
    pairs, names = pairs_of(snapshot.model_matrix), snapshot.model_matrix.names
    counts = pairs.overlap if measure == "overlap" else pairs.conflict
    values = counts / max(snapshot.n_rows, 1)
    if measure == "excess":
        found = snapshot.model.dependence if snapshot.model else None
        if found is None or found.names != names:
            return ()
        counts, values = pairs.agreement, np.asarray(found.excess).clip(0.0, 1.0)
    return tuple(
        PairCell(one, other, float(values[i, j]), int(counts[i, j]))
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i != j
    )


def pair_rows(snapshot: Snapshot, one: str, other: str, measure: Measure) -> RowSet:
    """Return the rows behind a cell: both vote, differently, or the same.

    It is one set as long as the matrix is, so that a list of its rows stays on its page.
    """
    kept_sets = _row_sets.setdefault(snapshot.matrix, {})
    if (one, other, measure) not in kept_sets:
        kept_sets[one, other, measure] = _pair_rows(snapshot, one, other, measure)
    return kept_sets[one, other, measure]


_row_sets: WeakKeyDictionary[LabelMatrix, dict[tuple[str, str, Measure], RowSet]] = (
    WeakKeyDictionary()
)


def _pair_rows(snapshot: Snapshot, one: str, other: str, measure: Measure) -> RowSet:
    first, second = snapshot.matrix.column(one), snapshot.matrix.column(other)
    both = (first >= 0) & (second >= 0)
    kept: dict[Measure, tuple[npt.NDArray[np.bool_], str]] = {
        "overlap": (both, "both vote"),
        "conflict": (both & (first != second), "they differ"),
        "excess": (both & (first == second), "they agree"),
    }
    mask, what = kept[measure]
    return RowSet(f"{one} and {other}: {what}", np.flatnonzero(mask))


@lru_cache(maxsize=16)
def by_cluster(found: Dependence) -> tuple[str, ...]:
    """Return the functions so that those which depend on each other stand side by side.

    Average linkage on the distance 1 - excess.
    """
    if len(found.names) < 3:
        return found.names
    distance = 1.0 - np.asarray(found.excess).clip(0.0, 1.0)
    np.fill_diagonal(distance, 0.0)
    order = leaves_list(linkage(squareform((distance + distance.T) / 2), method="average"))
    return tuple(found.names[int(i)] for i in order)
