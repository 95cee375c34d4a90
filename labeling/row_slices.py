"""Saved slices: filters under a name, with statistics of their own."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from labeling.browse import RowFilter, RowSet, matching_rows
from labeling.errors import ProjectError
from labeling.intervals import wilson
from labeling.row_query import ColumnCondition, Mask, Masks, VoteCondition
from labeling.snapshot import Snapshot
from labeling.store import Store, TextSearch


@dataclass(frozen=True)
class SliceStatistics:
    """What functions and label model do within a slice; shares are of its rows, 0 to 1.

    `accuracy`, with its 95 % interval, is the share of the labels on its `judged` covered dev gold
    rows that are the gold; None without such rows. The fit that made the labels may have seen that
    gold, so it compares slices and does not replace the accuracy of the whole. `balance` counts
    the labels of each class.
    """

    rows: int
    coverage: float
    conflicts: float
    gold_rows: int
    judged: int
    accuracy: float | None
    accuracy_low: float | None
    accuracy_high: float | None
    balance: tuple[int, ...]


class Slices:
    """The saved slices of a project. Used from any thread."""

    def __init__(self, store: Store, snapshot: Callable[[], Snapshot], masks: Masks) -> None:
        self._store = store
        self._snapshot = snapshot
        self._masks = masks
        self._found: dict[tuple[str, str, int], RowSet] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the saved slices, sorted."""
        return tuple(name for name, _ in self._store.slices())

    def filter(self, name: str) -> RowFilter:
        """Return the filter of a saved slice."""
        return filter_from_json(self._saved(name))

    def save(self, name: str, wanted: RowFilter, author: str = "") -> None:
        """Save a filter under a name, over the one that has it.

        Raises:
            ProjectError: the name or the filter cannot be kept.
        """
        cleaned = name.strip()
        if not cleaned or not cleaned.isprintable():
            raise ProjectError(
                f"{name!r} cannot name a slice.", remedy="Use one or more visible characters."
            )
        if wanted.only is not None:
            raise ProjectError(
                "A set of rows that was found elsewhere cannot be kept as a slice.",
                remedy="Save a filter by text, columns, votes or labels.",
            )
        self._store.save_slice(cleaned, filter_to_json(replace(wanted, order="file")), author)

    def remove(self, name: str, author: str = "") -> None:
        """Take a slice away; it stays in the history."""
        self._saved(name)
        self._store.save_slice(name, None, author)

    def rows(self, name: str) -> RowSet:
        """Return the rows of a slice; until something changes it is the same object."""
        saved, snapshot = self._saved(name), self._snapshot()
        key = (name, saved, snapshot.version)
        if key not in self._found:
            found = matching_rows(self._store, snapshot, filter_from_json(saved), self._masks)
            kept = next((one for one in self._found if one[:2] == key[:2]), None)
            before = self._found.pop(kept) if kept else None
            same = before is not None and np.array_equal(before.row_ids, found)
            self._found[key] = before if before and same else RowSet(f"slice {name}", found)
        return self._found[key]

    def statistics(self, name: str) -> SliceStatistics:
        """Return the statistics of a slice."""
        return slice_statistics(self._snapshot(), self.rows(name))

    def _saved(self, name: str) -> str:
        saved = dict(self._store.slices())
        if name not in saved:
            raise ProjectError(f"There is no slice {name!r}.", choices=list(saved))
        return saved[name]


def slice_statistics(snapshot: Snapshot, row_set: RowSet) -> SliceStatistics:
    """Return what functions and label model do on the rows of a set."""
    rows = row_set.row_ids[row_set.row_ids < snapshot.n_rows]
    part = snapshot.model_matrix
    votes = [part.column(name)[rows] for name in part.names]
    highest = np.full(rows.size, -1, dtype=np.int8)
    lowest = np.full(rows.size, 127, dtype=np.int8)
    for column in votes:
        np.maximum(highest, column, out=highest)
        np.minimum(lowest, np.where(column >= 0, column, np.int8(127)), out=lowest)
    labels, gold = snapshot.labels[rows], snapshot.dev_gold[rows]
    right = labels[(labels >= 0) & (gold >= 0)] == gold[(labels >= 0) & (gold >= 0)]
    low, high = wilson(float(right.sum()), right.size) if right.size else (None, None)
    return SliceStatistics(
        rows=int(rows.size),
        coverage=_share(highest >= 0),
        conflicts=_share((highest >= 0) & (lowest != highest)),
        gold_rows=int((gold >= 0).sum()),
        judged=int(right.size),
        accuracy=_share(right) if right.size else None,
        accuracy_low=low,
        accuracy_high=high,
        balance=tuple(
            int(count)
            for count in np.bincount(labels[labels >= 0], minlength=len(snapshot.classes))
        ),
    )


def filter_to_json(wanted: RowFilter) -> str:
    """Return a filter as JSON; a set of rows that it keeps is not part of it."""
    return json.dumps(asdict(wanted) | {"only": None}, ensure_ascii=False)


def filter_from_json(text: str) -> RowFilter:
    """Read a filter that `filter_to_json` wrote."""
    said: dict[str, Any] = json.loads(text)
    search, confidence = said.pop("search"), said.pop("confidence")
    columns = [
        ColumnCondition(**(one | {"values": tuple(one["values"])})) for one in said.pop("columns")
    ]
    return RowFilter(
        **said | {"votes": tuple(VoteCondition(**one) for one in said["votes"])},
        search=None if search is None else TextSearch(**search),
        confidence=None if confidence is None else (confidence[0], confidence[1]),
        columns=tuple(columns),
    )


def _share(mask: Mask) -> float:
    return float(mask.mean()) if mask.size else 0.0
