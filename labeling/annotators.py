"""What each annotator said of a project's rows, as a file, and how far annotators agree."""

import statistics
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np

from labeling.agreement import Agreement, Ratings, agreement
from labeling.annotation_files import read_labels, write_labels
from labeling.annotation_store import Annotation, AnnotationAction
from labeling.reliability import Reliability, reliability
from labeling.snapshot import Snapshot
from labeling.store import Store


@dataclass(frozen=True)
class ImportedLabels:
    """How many labels a file brought, how many were there already, and what meant nothing here."""

    added: int
    known: int
    unknown_columns: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """What one annotator has done: labels that stand now, the usual time for one, and the last."""

    annotator: str
    labels: int
    median_seconds: float | None
    last: datetime


@dataclass(frozen=True)
class RowToReview:
    """A row for a reviewer: who says what, what was decided, and the answers that flag it."""

    row_id: int
    labels: tuple[Annotation, ...]
    decision: Annotation | None
    flags: tuple[Annotation, ...] = ()


class Annotators:
    """The labels of each annotator of a project. Used from any thread."""

    def __init__(
        self,
        store: Store,
        annotate: Callable[[Sequence[Annotation]], int],
        snapshot: Callable[[], Snapshot],
    ) -> None:
        self._store, self._annotate, self._snapshot = store, annotate, snapshot
        self._lock = threading.Lock()
        self._measured: tuple[tuple[Annotation, ...], Agreement] | None = None
        self._judging = threading.Lock()
        self._judged: tuple[tuple[object, ...], tuple[Reliability, ...]] | None = None

    def labels(self) -> tuple[Annotation, ...]:
        """Return the label that each annotator gives each row now, by row and annotator."""
        return self._store.labels_by_annotator()

    def agreement(self) -> Agreement:
        """Return how far annotators agree on the rows that several of them labelled.

        It is measured once for the labels there are, however many people look at it.
        """
        labels, classes = self.labels(), self._store.info().classes
        with self._lock:
            if self._measured is None or self._measured[0] != labels:
                names = sorted({one.annotator for one in labels})
                self._measured = labels, agreement(_ratings(labels, names), names, classes)
            return self._measured[1]

    def reliability(self) -> tuple[Reliability, ...]:
        """Return how far each annotator can be trusted, by name, from a fit with the functions.

        It is fitted once for the labels, decisions and votes there are. Test gold has no part in
        it.
        """
        snapshot, labels = self._snapshot(), self.labels()
        decisions = self._store.decisions()
        of = labels, decisions, snapshot.model_matrix, snapshot.classes
        with self._judging:
            if self._judged is None or self._judged[0] != of:
                self._judged = of, _reliability(snapshot, labels, decisions)
            return self._judged[1]

    def progress(self) -> tuple[Progress, ...]:
        """Return what each annotator has done, the one with the most labels first."""
        by_name: defaultdict[str, list[Annotation]] = defaultdict(list)
        for one in self.labels():
            by_name[one.annotator].append(one)
        found = [
            Progress(name, len(labels), _median_seconds(labels), max(one.at for one in labels))
            for name, labels in by_name.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.labels, one.annotator)))

    def disagreements(self) -> tuple[RowToReview, ...]:
        """Return the rows that annotators label differently, by row, settled ones too."""
        decisions, flags = self._store.decisions(), _by_row(self._store.flags())
        return tuple(
            RowToReview(row_id, labels, decisions.get(row_id), flags.get(row_id, ()))
            for row_id, labels in _by_row(self.labels()).items()
            if len({one.code for one in labels}) > 1
        )

    def flagged(self) -> tuple[RowToReview, ...]:
        """Return the rows that annotators want looked at again, by row.

        A row is one of them until all who flagged it answer it anew without a flag, or a reviewer
        decides it or takes the flag off.
        """
        decisions, labels = self._store.decisions(), _by_row(self.labels())
        return tuple(
            RowToReview(row_id, labels.get(row_id, ()), decisions.get(row_id), flags)
            for row_id, flags in _by_row(self._store.flags()).items()
        )

    def decide(self, row_id: int, code: int, reviewer: str, note: str = "") -> None:
        """Settle a row: it is of class `code`, whatever annotators say."""
        self._review(row_id, "decide", code, reviewer, note)

    def reopen(self, row_id: int, reviewer: str) -> None:
        """Take the decision on a row back."""
        self._review(row_id, "reopen", None, reviewer, "")

    def take_off_flag(self, row_id: int, reviewer: str) -> None:
        """Say of a flagged row that it was looked at, and leave it as annotators label it."""
        self._review(row_id, "flag", None, reviewer, "")

    def _review(
        self, row_id: int, action: AnnotationAction, code: int | None, reviewer: str, note: str
    ) -> None:
        now = datetime.now(UTC)
        self._annotate([Annotation(uuid4(), row_id, action, code, reviewer, now, note=note)])

    def import_file(self, path: Path, annotator: str = "") -> ImportedLabels:
        """Take over the labels of a CSV or JSON Lines file, all of them or none.

        `annotator` gave those that name nobody. What was imported before is not saved again.

        Raises:
            ImportFileError: the file or lines of it are wrong, and how.
        """
        classes, rows = self._store.info().classes, self._store.row_count()
        found = read_labels(path, classes, rows, self._rows_of_ids, annotator)
        saved = {one.event_id for one in self._store.annotations()}
        new = [one for one in found.annotations if one.event_id not in saved]
        self._annotate(new)
        return ImportedLabels(len(new), len(found.annotations) - len(new), found.unknown_columns)

    def export_file(self, path: Path) -> int:
        """Write every annotator's labels to a CSV or JSON Lines file; return how many there are."""
        labels, info = self.labels(), self._store.info()
        rows = np.unique([one.row_id for one in labels]).astype(np.int64)
        ids = {}
        if info.id_column is not None and rows.size:
            values = self._store.read_rows(rows)[info.id_column].to_pylist()
            ids = {int(row): str(value) for row, value in zip(rows, values, strict=True)}
        write_labels(path, labels, ids, info.classes)
        return len(labels)

    def _rows_of_ids(self, ids: frozenset[str]) -> Mapping[str, Sequence[int]]:
        column = self._store.info().id_column
        found: defaultdict[str, list[int]] = defaultdict(list)
        if column is None:
            return found
        for batch in self._store.batches():
            rows = batch.column("row_id").to_pylist()
            for row, value in zip(rows, batch.column(column).to_pylist(), strict=True):
                if str(value) in ids:
                    found[str(value)].append(row)
        return found


def _reliability(
    snapshot: Snapshot, labels: Sequence[Annotation], decisions: Mapping[int, Annotation]
) -> tuple[Reliability, ...]:
    """Judge the annotators of rows that the snapshot knows and that are not locked away."""
    seen = [
        one for one in labels if one.row_id < snapshot.n_rows and not snapshot.is_test[one.row_id]
    ]
    names = sorted({one.annotator for one in seen})
    if not names:
        return ()
    places = {name: place for place, name in enumerate(names)}
    ratings = np.full((snapshot.n_rows, len(names)), -1, dtype=np.int8)
    said = np.array([one.code for one in seen], dtype=np.int8)
    ratings[[one.row_id for one in seen], [places[one.annotator] for one in seen]] = said
    imported = snapshot.imported_gold
    known = np.where(imported, snapshot.dev_gold, -1).astype(np.int8)
    for row, decided in decisions.items():
        is_here = row < snapshot.n_rows and not imported[row] and not snapshot.is_test[row]
        if is_here and decided.code is not None:
            known[row] = decided.code
    votes = snapshot.model_matrix.votes
    return reliability(votes, ratings, known, imported, names, len(snapshot.classes))


def _by_row(events: Sequence[Annotation]) -> dict[int, tuple[Annotation, ...]]:
    """Return the events of each row, rows and events in the order in which they come."""
    rows: defaultdict[int, list[Annotation]] = defaultdict(list)
    for one in events:
        rows[one.row_id].append(one)
    return {row_id: tuple(own) for row_id, own in rows.items()}


def _median_seconds(labels: Sequence[Annotation]) -> float | None:
    known = [one.seconds for one in labels if one.seconds is not None]
    return statistics.median(known) if known else None


def _ratings(labels: Sequence[Annotation], annotators: Sequence[str]) -> Ratings:
    """Return the class codes of every labelled row (r) by each annotator (a), -1 for none."""
    _, rows = np.unique([one.row_id for one in labels], return_inverse=True)
    places = {name: place for place, name in enumerate(annotators)}
    ratings = np.full((int(rows.max(initial=-1)) + 1, len(annotators)), -1, dtype=np.int8)
    codes = np.array([one.code for one in labels], dtype=np.int8)
    ratings[rows, [places[one.annotator] for one in labels]] = codes
    return ratings
