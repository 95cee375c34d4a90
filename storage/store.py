"""One open project: `labeling.store.Store` over DuckDB, each method at home in its own file."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from labeling.annotation_store import Annotation, Gold
from labeling.functions import LabelingFunction
from labeling.row_query import ColumnCondition
from labeling.run_store import RunRecord
from labeling.runs import RowError, RunResult, StabilityCheck
from labeling.store import (
    Acceptance,
    Column,
    FunctionVersion,
    ImportPlan,
    ImportReport,
    ModelFit,
    Progress,
    ProjectInfo,
    TextSearch,
)
from storage import (
    acceptances,
    annotations,
    batches,
    fits,
    functions,
    gold_seen,
    pins,
    project,
    returns,
    row_conditions,
    rows,
    runs,
)
from storage.annotation_log import AnnotationLog
from storage.assignment_tables import AssignmentTables
from storage.backup import back_up
from storage.database import Database
from storage.importing import import_file
from storage.kept import Kept, KeptBy
from storage.past import PastTables

_IMPORTING = "importing-"
_MOST_PAGES, _MOST_PAGE_ROWS, _MOST_RUNS = 64, 100, 64


class DuckDBStore(PastTables, AssignmentTables):
    """Implements `labeling.store.Store`. Every method may be called from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Serve a migrated database; files for a while go to `folder`/cache."""
        self._database = database
        self._cache = folder / "cache"
        self._cache.mkdir(exist_ok=True)
        # The database is locked to this process, so these were left by one that was killed.
        for leftover in self._cache.glob(f"{_IMPORTING}*"):
            shutil.rmtree(leftover)
        self._info = Kept(lambda: project.info(database))
        self._pins = Kept(lambda: pins.pins(database))
        self._batches = Kept(lambda: batches.batches(database))
        self._functions = Kept(lambda: functions.functions(database))
        self._row_count = Kept(lambda: rows.row_count(database))
        self._columns = Kept(lambda: rows.columns(database))
        self._settings = Kept(lambda: project.settings(database))
        self._gold = Kept(lambda: annotations.gold(database))
        self._test_rows = Kept(lambda: rows.test_rows(database))
        self._acceptances = Kept(lambda: acceptances.acceptances(database))
        self._runs: KeptBy[str, RunRecord | None] = KeptBy(
            lambda version: runs.run(database, version), _MOST_RUNS
        )
        self._stability_checks = Kept(lambda: runs.stability_checks(database))
        self._first_labels = Kept(lambda: gold_seen.first_labels(database))
        self._seen_labels = Kept(lambda: gold_seen.seen(database))
        self._fits: KeptBy[int, tuple[ModelFit, ...]] = KeptBy(
            lambda limit: fits.fits(database, limit), most=8
        )
        self._pages = KeptBy(self._read_page, _MOST_PAGES)
        self._annotation_log = AnnotationLog(database, folder, self._row_count.get)
        database.when_opened_again(self._forget_all)

    # project
    def info(self) -> ProjectInfo:
        """Return what the project is about."""
        return self._info.get()

    def save_info(self, info: ProjectInfo, author: str = "") -> None:
        """Replace what the project is about."""
        project.save_info(self._database, info, author)
        self._info.forget()

    def setting(self, key: str) -> str | None:
        """Return a saved setting, or None."""
        return self._settings.get().get(key)

    def save_setting(self, key: str, value: str | None, author: str = "") -> None:
        """Save a setting; None takes it away."""
        project.save_setting(self._database, key, value, author)
        self._settings.forget()

    # rows
    def import_rows(self, plan: ImportPlan, progress: Progress | None = None) -> ImportReport:
        """Import a file whole or not at all; rows are added after those there are."""
        try:
            return import_file(self._database, plan, self._cache, _IMPORTING, progress)
        finally:
            changed = (self._row_count, self._columns, self._pages, self._gold, self._test_rows)
            for kept in (self._info, *changed):
                kept.forget()

    def imports(self) -> pd.DataFrame:
        """Return the files that were imported: file_name, sha256, rows, at."""
        return rows.imports(self._database)

    def row_count(self) -> int:
        """Return how many rows the project has."""
        return self._row_count.get()

    def columns(self) -> tuple[Column, ...]:
        """Return the user's columns in the order of the file."""
        return self._columns.get()

    def read_rows(self, row_ids: Sequence[int] | npt.NDArray[np.int64]) -> pa.Table:
        """Return rows in the order asked for: row_id, then the user's columns."""
        if len(row_ids) > _MOST_PAGE_ROWS:
            return rows.read_rows(self._database, row_ids)
        return self._pages.get(tuple(int(row_id) for row_id in row_ids))

    def _forget_all(self) -> None:
        for kept in vars(self).values():
            if isinstance(kept, Kept | KeptBy):
                kept.forget()

    def _read_page(self, row_ids: tuple[int, ...]) -> pa.Table:
        return rows.read_rows(self._database, row_ids)

    def search(self, search: TextSearch) -> npt.NDArray[np.int64]:
        """Return the ids of the rows in which a column holds the query, ascending.

        Ids are searched only where their column is named: they are shown in no row.
        """
        info = self.info()
        ids = {info.id_column} if search.column is None and info.id_column else set()
        return rows.search(self._database, search, leave_out=info.answer_columns | ids)

    def rows_where(self, condition: ColumnCondition) -> npt.NDArray[np.int64]:
        """Return the ids of the rows that a condition on a column keeps, ascending."""
        return row_conditions.rows_where(self._database, condition, self.info().answer_columns)

    def rows_stamp(self) -> str:
        """Return 16 hex digits that change whenever `write_arrow` would write something else."""
        return rows.rows_stamp(self._database, project.info(self._database).answer_columns)

    def write_arrow(self, path: Path) -> None:
        """Write all rows as an uncompressed Arrow IPC file."""
        rows.write_arrow(self._database, path, leave_out=self.info().answer_columns)

    def batches(self, batch_rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """Give all rows in the order of their ids, at most `batch_rows` at a time."""
        return rows.batches(self._database, batch_rows)

    def test_rows(self) -> npt.NDArray[np.int64]:
        """Return the ids of the rows that are locked away for testing, ascending."""
        return self._test_rows.get()

    # functions
    def functions(self) -> tuple[LabelingFunction, ...]:
        """Return the project's labeling functions in the order in which they first came."""
        return self._functions.get()

    def save_function(self, function: LabelingFunction, author: str = "") -> None:
        """Add a version of a labeling function."""
        functions.save_function(self._database, function, author)
        self._functions.forget()
        self._seen_labels.forget()

    def remove_function(self, name: str, author: str = "") -> None:
        """Take a labeling function out of the project; its history stays."""
        functions.remove_function(self._database, name, author)
        self._functions.forget()
        self._seen_labels.forget()

    def function_history(self, name: str) -> tuple[FunctionVersion, ...]:
        """Return every saved version of a labeling function, oldest first."""
        return functions.function_history(self._database, name)

    def accept_function(self, function: LabelingFunction, author: str = "") -> None:
        """Record that a version is accepted with its errors."""
        acceptances.accept_function(self._database, function, author)
        self._acceptances.forget()

    def acceptances(self) -> Mapping[str, Acceptance]:
        """Return what was accepted, by version."""
        return self._acceptances.get()

    # runs and votes
    def run(self, version: str) -> RunRecord | None:
        """Return the record of a version's run, or None."""
        return self._runs.get(version)

    def save_run(self, result: RunResult) -> None:
        """Save a run from row 0 in place of the last one, or append to that."""
        try:
            runs.save_run(self._database, result)
        finally:
            self._runs.forget()
            self._stability_checks.forget()

    def votes(self, version: str) -> npt.NDArray[np.int8]:
        """Return class codes, ABSTAIN, ERROR and NOT_RUN over the rows of a version's run."""
        return runs.votes(self._database, version)

    def return_codes(self, version: str) -> npt.NDArray[np.uint8] | None:
        """Return the number of the return that answered for each row of a version's run."""
        return returns.return_codes(self._database, version)

    def run_errors(self, version: str) -> tuple[RowError, ...]:
        """Return the errors of a version's run of which the details were kept."""
        return runs.run_errors(self._database, version)

    def save_stability_check(self, version: str, check: StabilityCheck) -> None:
        """Save what running some rows of a version a second time found."""
        runs.save_stability_check(self._database, version, check)
        self._stability_checks.forget()

    def stability_checks(self) -> Mapping[str, StabilityCheck]:
        """Return the stored checks, by version."""
        return self._stability_checks.get()

    def forget_runs(self) -> None:
        """Delete all runs, so that every function is stale."""
        runs.forget_runs(self._database)
        self._runs.forget()
        self._stability_checks.forget()

    # gold and annotations
    def gold(self) -> Gold:
        """Return the known labels: imported ones, and of other rows what people agree on."""
        return self._gold.get()

    def append_annotations(self, events: Sequence[Annotation]) -> int:
        """Save events that are not saved yet; return the highest sequence number."""
        try:
            return self._annotation_log.append(events)
        finally:
            # Events may be in the database although the journal could not be written.
            self._gold.forget()
            self._first_labels.forget()

    def annotations(self, row_id: int | None = None) -> tuple[Annotation, ...]:
        """Return the events of one row, or all, in the order in which they were saved."""
        return annotations.annotations(self._database, row_id)

    def annotations_since(self, sequence: int) -> tuple[Annotation, ...]:
        """Return the events with higher sequence numbers, in the order they were saved."""
        return annotations.annotations_since(self._database, sequence)

    def labels_by_annotator(self) -> tuple[Annotation, ...]:
        """Return the label that each annotator gives each row now, by row and annotator."""
        return annotations.labels_by_annotator(self._database)

    def decisions(self) -> dict[int, Annotation]:
        """Return the reviewer's decision on each row that has one."""
        return annotations.decisions(self._database)

    def flags(self) -> tuple[Annotation, ...]:
        """Return the answers whose flag stands, by row and in the order they were saved."""
        return annotations.flags(self._database)

    # label models
    def save_fit(self, fit: ModelFit) -> int:
        """Add the record of a label-model fit and return its number."""
        try:
            return fits.save_fit(self._database, fit)
        finally:
            self._fits.forget()

    def fits(self, limit: int = 100) -> tuple[ModelFit, ...]:
        """Return the last `limit` fits, newest first."""
        return self._fits.get(limit)

    def back_up(self, out: Path) -> None:
        """Copy the project to the folder `out`, which then opens like any project."""
        back_up(self._database, out)

    def close(self) -> None:
        """Finish the writes that were submitted, then let go of the project."""
        self._database.close()
        self._annotation_log.close()
