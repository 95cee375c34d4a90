"""What the core needs saved and read, as Protocols; `storage` implements them over DuckDB.

Row ids are int64, dense from 0 in the order of import, so a row id is also a row's position.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from labeling.annotation_store import AnnotationStore
from labeling.assignment_store import AssignmentStore
from labeling.functions import LabelingFunction
from labeling.past import PastStore
from labeling.return_store import ReturnStore
from labeling.row_query import ConditionStore
from labeling.run_store import RunStore

ColumnType = Literal["text", "integer", "number", "boolean", "date", "timestamp"]
Split = Literal["dev", "test"]
Progress = Callable[[int, int | None], None]
"""Called with (done, total); total is None while it is unknown. May raise to cancel."""


@dataclass(frozen=True)
class Column:
    """A column of the user's rows."""

    name: str
    type: ColumnType


@dataclass(frozen=True)
class ColumnPreview:
    """A column as an import would read it.

    `examples` are up to three different values as text; `distinct` lists all values, sorted,
    when there are at most 50 of them (candidates for classes or splits), else None.
    """

    name: str
    type: ColumnType
    empty: int
    examples: tuple[str, ...]
    distinct: tuple[str, ...] | None


@dataclass(frozen=True)
class Preview:
    """What was understood of a file, before anything is imported."""

    path: Path
    format: str
    rows: int
    columns: tuple[ColumnPreview, ...]
    sample: pd.DataFrame
    delimiter: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    gold_column: str | None = None
    split_column: str | None = None


@dataclass(frozen=True)
class ImportPlan:
    """How to import one file. `types` overrides the types the preview proposed.

    With `gold_numbers` the gold column holds class numbers, from 0, and not class names; -1 means
    no gold there.
    """

    path: Path
    text_column: str
    id_column: str | None = None
    gold_column: str | None = None
    split_column: str | None = None
    types: Mapping[str, ColumnType] = field(default_factory=dict)
    file_name: str | None = None
    """The name to show in messages where `path` is an upload's temporary name."""
    gold_numbers: bool = False


@dataclass(frozen=True)
class ProjectInfo:
    """What a project is about. `classes` are in code order: code i is classes[i].

    `gold_column` and `split_column` hold the answers: labeling functions and annotators never
    see them.
    """

    name: str
    classes: tuple[str, ...]
    text_column: str = ""
    id_column: str | None = None
    guidelines: str = ""
    gold_column: str | None = None
    split_column: str | None = None
    created: datetime | None = None

    @property
    def answer_columns(self) -> frozenset[str]:
        """The columns that labeling functions and annotators must not see."""
        return frozenset(name for name in (self.gold_column, self.split_column) if name)


@dataclass(frozen=True)
class ImportReport:
    """What an import did."""

    rows: int
    gold_dev: int
    gold_test: int
    sha256: str


@dataclass(frozen=True)
class Acceptance:
    """Somebody let a version into the label model although some of its rows failed."""

    version: str
    name: str
    author: str
    at: datetime


@dataclass(frozen=True)
class FunctionVersion:
    """One saved version of a labeling function."""

    function: LabelingFunction
    saved_at: datetime
    author: str


@dataclass(frozen=True)
class ModelFit:
    """The record of one label-model fit (the posteriors are recomputed, not stored)."""

    fit_id: int | None
    model: str
    seed: int
    functions: tuple[str, ...]
    versions: tuple[str, ...]
    gold_rows: int
    metrics: Mapping[str, float]
    at: datetime


@dataclass(frozen=True)
class TextSearch:
    """Which rows a text search keeps; `column` None: every text column but the ids."""

    query: str
    column: str | None = None
    regex: bool = False
    match_case: bool = False


class Store(
    RunStore, AnnotationStore, PastStore, ConditionStore, ReturnStore, AssignmentStore, Protocol
):
    """One project's storage. Every method may be called from any thread."""

    # project
    def info(self) -> ProjectInfo:
        """Return what the project is about."""
        ...

    def save_info(self, info: ProjectInfo, author: str = "") -> None:
        """Save what the project is about."""
        ...

    def setting(self, key: str) -> str | None:
        """Return a setting, None where it was never saved."""
        ...

    def save_setting(self, key: str, value: str | None, author: str = "") -> None:
        """Save a setting; None takes it away."""
        ...

    # rows
    def import_rows(self, plan: ImportPlan, progress: Progress | None = None) -> ImportReport:
        """Import a file in one transaction: all of it, or nothing and an ImportFileError."""
        ...

    def imports(self) -> pd.DataFrame:
        """Return one line per import: file_name, sha256, rows, at."""
        ...

    def row_count(self) -> int:
        """Return how many rows there are."""
        ...

    def columns(self) -> tuple[Column, ...]:
        """Return the user's columns, in file order."""
        ...

    def read_rows(self, row_ids: Sequence[int] | npt.NDArray[np.int64]) -> pa.Table:
        """Return these rows, in this order: `row_id`, then the user's columns."""
        ...

    def search(self, search: TextSearch) -> npt.NDArray[np.int64]:
        """Return the ids of the rows whose text matches, ascending, int64.

        The columns that hold answers are not searched.
        """
        ...

    def rows_stamp(self) -> str:
        """Return 16 hex digits that change whenever `write_arrow` would write something else."""
        ...

    def write_arrow(self, path: Path) -> None:
        """Write all rows as an Arrow IPC file that workers map: `row_id`, then columns.

        The columns that hold answers are left out.
        """
        ...

    def batches(self, batch_rows: int = 10_000) -> Iterator[pa.RecordBatch]:
        """Yield all rows in the order of their ids; writers are not held up meanwhile."""
        ...

    def test_rows(self) -> npt.NDArray[np.int64]:
        """Return the ids of the rows locked away for test, int64."""
        ...

    # functions
    def functions(self) -> tuple[LabelingFunction, ...]:
        """Return the current labeling functions, in the order they were first saved."""
        ...

    def save_function(self, function: LabelingFunction, author: str = "") -> None:
        """Save a new version of the function of this name."""
        ...

    def remove_function(self, name: str, author: str = "") -> None:
        """Remove the function of this name; its history stays."""
        ...

    def function_history(self, name: str) -> tuple[FunctionVersion, ...]:
        """Return every saved version of a function, oldest first."""
        ...

    def accept_function(self, function: LabelingFunction, author: str = "") -> None:
        """Let this version into the label model with its errors; a second time changes nothing."""
        ...

    def acceptances(self) -> Mapping[str, Acceptance]:
        """Return what was accepted, by version."""
        ...

    # label models
    def save_fit(self, fit: ModelFit) -> int:
        """Save the record of a fit; return its id."""
        ...

    def fits(self, limit: int = 100) -> tuple[ModelFit, ...]:
        """Return the newest fits, newest first."""
        ...

    def back_up(self, out: Path) -> None:
        """Copy the project to the folder `out`, which then opens like any project."""
        ...

    def close(self) -> None:
        """Close the store; waiting writes are finished first."""
        ...


class Opener(Protocol):
    """How the use cases reach storage: open or create a project folder, preview a file."""

    def open(self, folder: Path) -> Store:
        """Open the project of a folder."""
        ...

    def create(self, folder: Path, info: ProjectInfo) -> Store:
        """Create a project without rows in a folder that is empty or not there."""
        ...

    def preview(self, path: Path, file_name: str | None = None) -> Preview:
        """Say what an import of this file would understand."""
        ...
