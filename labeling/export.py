"""The labelled dataset: which label each row gets, the CSV, and the manifest that explains it.

A label is the row's dev gold where there is one (imported gold before a hand annotation), else
the label model's. Gold of the test split is never exported as a label: those rows carry the
model's, and the gold column is empty there, so that the file can be judged on them. Rows without
evidence have no label. A function with errors that nobody accepted has no part in it, and no column
of votes.

Text cells that a spreadsheet would run as a formula are neutralised (`labeling/formula_cells.py`).
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from labeling.errors import ExportError
from labeling.export_target import manifest_of
from labeling.formula_cells import FORMULA, neutralised
from labeling.snapshot import Snapshot
from labeling.store import Progress, ProjectInfo, Store
from labeling.votes import ABSTAIN

Source = Literal["gold", "annotation", "model", "uncovered"]
SOURCES: tuple[Source, ...] = ("gold", "annotation", "model", "uncovered")
GOLD, ANNOTATION, MODEL, UNCOVERED = range(4)


@dataclass(frozen=True)
class ExportOptions:
    """What to export.

    Rows whose confidence is below `threshold` (0 to 1) are left out; `uncovered` rows, which have
    no label, are kept or dropped. `columns` None means every column of the data.
    """

    threshold: float = 0.0
    uncovered: Literal["keep", "drop"] = "keep"
    votes: bool = False
    columns: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.threshold <= 1.0:
            raise ExportError(
                f"The threshold {self.threshold:g} is no probability.",
                remedy="Give a number from 0 to 1.",
            )
        if self.uncovered not in ("keep", "drop"):
            raise ExportError(
                f"Unknown choice {self.uncovered!r} for uncovered rows.", choices=["keep", "drop"]
            )


@dataclass(frozen=True, eq=False)
class Labels:
    """The label of every row.

    `codes` int8 (n,), -1 for none; `confidence` float64 (n,), nan for none; `sources` int8 (n,)
    into SOURCES; `probabilities` float64 (n, k); `kept` bool (n,).
    """

    codes: npt.NDArray[np.int8]
    confidence: npt.NDArray[np.float64]
    sources: npt.NDArray[np.int8]
    probabilities: npt.NDArray[np.float64]
    kept: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ExportCounts:
    """How many rows an export holds: by source, by class, and left out."""

    rows: int
    by_source: dict[str, int]
    by_class: dict[str, int]
    below_threshold: int
    uncovered_dropped: int


@dataclass(frozen=True)
class ExportResult:
    """Where an export was written and what it holds."""

    path: Path
    manifest_path: Path
    counts: ExportCounts


def choose_labels(snapshot: Snapshot, options: ExportOptions) -> Labels:
    """Choose each row's label: gold, then annotation, then the label model."""
    n, k = snapshot.n_rows, len(snapshot.classes)
    if snapshot.posterior is None:
        probabilities = np.full((n, k), 1.0 / k)
    else:
        probabilities = snapshot.posterior.copy()
    codes = snapshot.labels.copy()
    sources = np.where(codes >= 0, MODEL, UNCOVERED).astype(np.int8)
    known = np.flatnonzero(snapshot.dev_gold >= 0)
    codes[known] = snapshot.dev_gold[known]
    sources[known] = np.where(snapshot.annotated[known], ANNOTATION, GOLD)
    probabilities[known] = np.eye(k)[snapshot.dev_gold[known]]
    confidence = np.where(sources == UNCOVERED, np.nan, probabilities.max(axis=1))
    kept = (sources == UNCOVERED) | (confidence >= options.threshold)
    if options.uncovered == "drop":
        kept &= sources != UNCOVERED
    return Labels(codes, confidence, sources, probabilities, kept)


def count_labels(snapshot: Snapshot, labels: Labels) -> ExportCounts:
    """Count what an export with these labels holds."""
    kept_sources = labels.sources[labels.kept]
    kept_codes = labels.codes[labels.kept]
    dropped = labels.sources[~labels.kept]
    return ExportCounts(
        rows=int(labels.kept.sum()),
        by_source={name: int((kept_sources == i).sum()) for i, name in enumerate(SOURCES)},
        by_class={name: int((kept_codes == i).sum()) for i, name in enumerate(snapshot.classes)},
        below_threshold=int((dropped != UNCOVERED).sum()),
        uncovered_dropped=int((dropped == UNCOVERED).sum()),
    )


def write_export(
    store: Store,
    snapshot: Snapshot,
    options: ExportOptions,
    path: Path,
    progress: Progress | None = None,
) -> ExportResult:
    """Write the CSV and, beside it, its manifest; both are left as they were until both are whole.

    Raises:
        ExportError: it cannot be written.
    """
    labels = choose_labels(snapshot, options)
    counts = count_labels(snapshot, labels)
    manifest_path = manifest_of(path)
    csv_part, manifest_part = _unfinished(path), _unfinished(manifest_path)
    digest = hashlib.sha256()
    try:
        with csv_part.open("wb") as file:
            for block in csv_blocks(store, snapshot, labels, options, progress):
                digest.update(block)
                file.write(block)
        manifest = describe(store, snapshot, options, counts)
        manifest["file"] = {"name": path.name, "sha256": digest.hexdigest()}
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        manifest_part.write_text(text, "utf-8")
        csv_part.replace(path)
        manifest_part.replace(manifest_path)
    except OSError as error:
        raise ExportError(
            f"The export could not be written ({error.strerror}).",
            where=str(path),
            remedy="Choose a folder that exists, can be written to and has room.",
        ) from error
    finally:
        for part in (csv_part, manifest_part):
            part.unlink(missing_ok=True)
    return ExportResult(path, manifest_path, counts)


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def csv_head(store: Store, snapshot: Snapshot, options: ExportOptions, n_rows: int) -> bytes:
    """Return the CSV of the first `n_rows` rows that an export would hold."""
    labels = choose_labels(snapshot, options)
    first = np.flatnonzero(labels.kept)[:n_rows]
    columns = _chosen_columns(store, options)
    names = snapshot.model_matrix.names if options.votes else ()
    rows = store.read_rows(first).to_pydict()
    cells = _data_cells(rows, columns, store.info().gold_column, snapshot.is_test[first])
    cells += _label_cells(snapshot, labels, first, names)
    lines = zip(*[[neutralised(value) for value in cell] for cell in cells], strict=True)
    return _csv([_header(columns, snapshot.classes, names), *lines])


def csv_blocks(
    store: Store,
    snapshot: Snapshot,
    labels: Labels,
    options: ExportOptions,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """Yield the CSV as UTF-8 blocks of some thousand rows, in the order of the data."""
    columns = _chosen_columns(store, options)
    names = snapshot.model_matrix.names if options.votes else ()
    gold_column = store.info().gold_column
    yield _csv([_header(columns, snapshot.classes, names)])
    for stored in store.batches():
        # Rows that came after the snapshot have no label yet; row ids are dense from 0.
        batch = stored.slice(0, max(snapshot.n_rows - stored.column("row_id")[0].as_py(), 0))
        if batch.num_rows == 0:
            return
        row_ids = batch.column("row_id").to_numpy()
        kept = row_ids[labels.kept[row_ids]]
        rows = batch.filter(labels.kept[row_ids]).to_pydict()
        cells = _data_cells(rows, columns, gold_column, snapshot.is_test[kept])
        cells += _label_cells(snapshot, labels, kept, names)
        yield _csv(zip(*[[neutralised(value) for value in cell] for cell in cells], strict=True))
        if progress:
            progress(int(row_ids[-1]) + 1, snapshot.n_rows)


def describe(
    store: Store, snapshot: Snapshot, options: ExportOptions, counts: ExportCounts
) -> dict[str, Any]:
    """Return the manifest: everything that decides what the exported file holds."""
    info: ProjectInfo = store.info()
    report = snapshot.model
    return {
        "labelwright_manifest": 1,
        "project": info.name,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "classes": list(info.classes),
        "rows": {
            "in_project": snapshot.n_rows,
            "exported": counts.rows,
            "by_source": counts.by_source,
            "by_class": counts.by_class,
            "below_threshold": counts.below_threshold,
            "uncovered_dropped": counts.uncovered_dropped,
        },
        "options": {
            "threshold": options.threshold,
            "uncovered": options.uncovered,
            "votes": options.votes,
            "columns": list(_chosen_columns(store, options)),
        },
        "label_model": None
        if report is None
        else {
            "name": report.model,
            "seed": report.seed,
            "class_balance": dict(zip(info.classes, report.class_balance, strict=True)),
            "dev_gold_rows": int((snapshot.dev_gold >= 0).sum()),
        },
        "functions": [
            {
                "name": state.function.name,
                "kind": state.function.kind,
                "version": state.function.version,
                "source": state.function.source,
                "in_label_model": state.function.name in snapshot.model_matrix.names,
            }
            for state in snapshot.functions
        ],
        "imports": json.loads(store.imports().to_json(orient="records", date_format="iso")),
        "formula_cells": f"text has a ' before it where it starts with the pattern {FORMULA}",
        "tied_labels": "go to the class with the larger class balance, then to the first",
        "test_gold": "not used; its rows have the model's label, and no cell in the gold column",
    }


def _chosen_columns(store: Store, options: ExportOptions) -> tuple[str, ...]:
    available = tuple(column.name for column in store.columns())
    if options.columns is None:
        return available
    unknown = [name for name in options.columns if name not in available]
    if unknown:
        raise ExportError(f"There is no column {unknown[0]!r}.", choices=available)
    return options.columns


def _header(columns: Sequence[str], classes: Sequence[str], names: Sequence[str]) -> list[str]:
    """Name the columns; one of the data that has a name of ours gets the suffix `_input`."""
    ours = ["label", "confidence", "source"]
    ours += [f"p_{name}" for name in classes] + [f"vote_{name}" for name in names]
    taken = set(ours)
    theirs = []
    for name in columns:
        free = name
        while free in taken:
            free += "_input"
        taken.add(free)
        theirs.append(free)
    return [str(neutralised(name)) for name in theirs + ours]


def _data_cells(
    rows: Mapping[str, list[Any]],
    columns: Sequence[str],
    gold_column: str | None,
    is_test: npt.NDArray[np.bool_],
) -> list[list[Any]]:
    """Return the data's own columns; the gold of test rows stays locked away."""
    return [
        [None if locked else value for value, locked in zip(rows[name], is_test, strict=True)]
        if name == gold_column
        else rows[name]
        for name in columns
    ]


def _label_cells(
    snapshot: Snapshot, labels: Labels, row_ids: npt.NDArray[np.int64], names: Sequence[str]
) -> list[list[Any]]:
    """Return our columns for these rows: label, confidence, source, probabilities, votes."""
    with_none = [*snapshot.classes, ""]
    cells: list[list[Any]] = [
        [with_none[code] for code in labels.codes[row_ids]],
        [_probability(value) for value in labels.confidence[row_ids]],
        [SOURCES[code] for code in labels.sources[row_ids]],
    ]
    cells += [
        [_probability(value) for value in labels.probabilities[row_ids, k]]
        for k in range(len(snapshot.classes))
    ]
    for name in names:
        votes = snapshot.model_matrix.column(name)[row_ids]
        cells.append([with_none[max(code, ABSTAIN)] for code in votes])
    return cells


def _probability(value: float) -> float | None:
    """Six decimals are more than any label model knows; no label, no confidence."""
    return None if np.isnan(value) else round(float(value), 6)


def _csv(rows: Any) -> bytes:
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(rows)
    return "".join(lines).encode()


class _Lines(list[str]):
    """Takes lines from csv and ends them in LF.

    csv puts quotes around a cell with CR only where CR ends a line; without them a spreadsheet
    begins a new row in the middle of the cell.
    """

    def write(self, line: str) -> None:
        """Take one line that ends in CR LF."""
        self.append(line.removesuffix("\r\n") + "\n")
