"""Who answered which row, kept in memory: each event is read once, however often it is asked.

A team asks with every press what is still to be annotated. Working that out from all events would
take longer with each label; here it costs by the events that are new.
"""

import threading
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.annotation_store import OF_REVIEWERS, Annotation
from labeling.store import Store

Counts = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Standing:
    """How all rows stand for one annotator at one moment.

    `finished` bool (n,): the annotator answered it or a reviewer decided it. `taken` int64 (n,):
    how many people answered it or have it leased, each counted once. `reserved` bool (n,): it
    waits for another person alone.
    """

    finished: Mask
    taken: Counts
    reserved: Mask


class Answers:
    """The rows that each annotator labelled or skipped, and those that are decided.

    Every question is answered as of the last saved event. Used from any thread.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._read_until = 0
        self._rows_of: defaultdict[str, set[int]] = defaultdict(set)
        self._annotators = np.zeros(0, dtype=np.int64)
        self._decided: set[int] = set()
        self._labels_of: defaultdict[str, set[int]] = defaultdict(set)
        self._labels = np.zeros(0, dtype=np.int64)

    def standing(
        self,
        annotator: str,
        n_rows: int,
        leased: Mapping[str, Collection[int]],
        batches: Mapping[str, Collection[int]] = {},
    ) -> "Standing":
        """Return how all rows stand for an annotator, where others have rows `leased`.

        `batches` are rows that are for others alone until these answered them.
        """
        finished, reserved = np.zeros(n_rows, dtype=np.bool_), np.zeros(n_rows, dtype=np.bool_)
        with self._lock:
            self._catch_up()
            self._make_room(n_rows)
            taken = self._annotators[:n_rows].copy()
            for other, rows in leased.items():
                taken[list(set(rows) - self._rows_of[other])] += 1
            for other, rows in batches.items():
                reserved[list(set(rows) - self._rows_of[other])] = True
            finished[list(self._rows_of[annotator])] = True
            finished[list(self._decided)] = True
        return Standing(finished, taken, reserved)

    def answered(self, annotator: str, rows: Collection[int]) -> set[int]:
        """Return those of the rows that an annotator labelled or skipped."""
        with self._lock:
            self._catch_up()
            return self._rows_of[annotator].intersection(rows)

    def labelled(self, n_rows: int) -> Mask:
        """Return which rows have a label of any annotator, bool (n,)."""
        with self._lock:
            self._catch_up()
            self._make_room(n_rows)
            return self._labels[:n_rows] > 0

    def decided(self, n_rows: int) -> Mask:
        """Return which rows a reviewer decided, bool (n,)."""
        decided = np.zeros(n_rows, dtype=np.bool_)
        with self._lock:
            self._catch_up()
            decided[[row for row in self._decided if row < n_rows]] = True
        return decided

    def _catch_up(self) -> None:
        for event in self._store.annotations_since(self._read_until):
            self._take(event)
            self._read_until = event.sequence or self._read_until

    def _take(self, event: Annotation) -> None:
        row, action = event.row_id, event.action
        if action in OF_REVIEWERS:
            if action != "flag":
                (self._decided.add if action == "decide" else self._decided.discard)(row)
            return
        self._make_room(row + 1)
        _count(self._annotators, self._rows_of[event.annotator], row, action != "clear")
        _count(self._labels, self._labels_of[event.annotator], row, action == "label")

    def _make_room(self, n_rows: int) -> None:
        if n_rows > self._annotators.size:
            more = max(n_rows, 2 * self._annotators.size) - self._annotators.size
            self._annotators = np.concatenate([self._annotators, np.zeros(more, dtype=np.int64)])
            self._labels = np.concatenate([self._labels, np.zeros(more, dtype=np.int64)])


def _count(people: Counts, rows: set[int], row: int, belongs: bool) -> None:
    """Put a row into an annotator's rows or take it out, and count it or no more."""
    if belongs == (row in rows):
        return
    people[row] += 1 if belongs else -1
    (rows.add if belongs else rows.remove)(row)
