"""What a project exports: what it would be beforehand, and files in its own folder or elsewhere."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from labeling.export import ExportResult, write_export
from labeling.export_csv import csv_head
from labeling.export_labels import ExportCounts, ExportOptions, choose_labels, count_labels
from labeling.export_target import check_target
from labeling.snapshot import Snapshot
from labeling.store import Progress, Store


class Exports:
    """The exports of one project. `settled` returns the snapshot once its labels are judged."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        snapshot: Callable[[], Snapshot],
        settled: Callable[[], Snapshot],
    ) -> None:
        self._folder = folder
        self._store = store
        self._snapshot = snapshot
        self._settled = settled
        self._writing = threading.Lock()

    def counts(self, options: ExportOptions) -> ExportCounts:
        """Say what an export would hold."""
        snapshot = self._snapshot()
        return count_labels(snapshot, choose_labels(snapshot, options))

    def preview(self, options: ExportOptions, rows: int = 10) -> bytes:
        """Return the CSV of the first rows that an export would hold."""
        return csv_head(self._store, self._snapshot(), options, rows)

    def check_target(self, path: Path) -> None:
        """Raise an ExportError where an export cannot go to `path`; nothing is run or written."""
        check_target(path, self._folder)

    def write(
        self, path: Path, options: ExportOptions, progress: Progress | None = None
    ) -> ExportResult:
        """Write the labelled CSV and its manifest."""
        self.check_target(path)
        return write_export(self._store, self._settled(), options, path, progress)

    def write_to_project(
        self, options: ExportOptions, progress: Progress | None = None
    ) -> ExportResult:
        """Write an export into the project's own folder, under a name that tells when."""
        with self._writing:
            folder = self._folder / "exports"
            folder.mkdir(exist_ok=True)
            stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")[:-3]
            return self.write(folder / f"labels-{stamp}.csv", options, progress)

    def files(self) -> tuple[Path, ...]:
        """Return the CSV files exported into the project's folder, newest first."""
        return tuple(sorted((self._folder / "exports").glob("labels-*.csv"), reverse=True))
