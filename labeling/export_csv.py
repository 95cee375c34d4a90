"""The labelled CSV: the user's columns, then label, confidence, source, probabilities and votes.

Text cells that a spreadsheet would run as a formula are neutralised (`labeling/formula_cells.py`).
The gold of test rows stays locked away: their cells in the gold column are empty. A function with
errors that nobody accepted has no column of votes.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from labeling.export_labels import SOURCES, ExportOptions, Labels, choose_labels
from labeling.formula_cells import neutralised
from labeling.snapshot import Snapshot
from labeling.store import Progress, Store
from labeling.votes import ABSTAIN


def csv_head(store: Store, snapshot: Snapshot, options: ExportOptions, n_rows: int) -> bytes:
    """Return the CSV of the first `n_rows` rows that an export would hold."""
    labels = choose_labels(snapshot, options)
    first = np.flatnonzero(labels.kept)[:n_rows]
    columns = options.chosen([column.name for column in store.columns()])
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
    columns = options.chosen([column.name for column in store.columns()])
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
