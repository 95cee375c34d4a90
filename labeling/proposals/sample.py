"""The rows that suggestions are drawn from, and what each of them has, kept while rows stay.

What texts have does not depend on votes, so it is found once: after an edit only sums are new.
"""

import threading
import time
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from labeling.errors import Cancelled
from labeling.proposals.conditions import Condition, Threshold
from labeling.proposals.features import condition_of, features_of, is_word

SAMPLED_ROWS = 20_000
LEAST_TEXTS = 3
"""A word in fewer texts can prove nothing."""
FEW_ROWS = 500
"""So many rows more are looked at by themselves; for more of them all are looked at anew."""
MOST_FEATURES = 100_000
_CUTS = 16
_BATCH = 200

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sample:
    """Rows `row_ids` int64 (s,), ascending, and `has` (s, f), bool: which has which condition.

    `features` are the names of the first of them, which are found in texts.
    """

    row_ids: Ints
    has: sparse.csc_matrix
    conditions: tuple[Condition, ...]
    features: tuple[str, ...] = ()


def sampled_rows(n_rows: int, gold_rows: Ints) -> Ints:
    """Return all rows, or of many a random choice, the same every time, with all gold rows."""
    if n_rows <= SAMPLED_ROWS:
        return np.arange(n_rows, dtype=np.int64)
    room = max(SAMPLED_ROWS - gold_rows.size, 0)
    drawn = np.random.default_rng(0).permutation(n_rows)[:room]
    return np.union1d(drawn, gold_rows).astype(np.int64)


def read_sample(
    rows_path: Path, row_ids: Ints, text_column: str, cancelled: threading.Event
) -> Sample:
    """Find what the rows of an Arrow file have; raise Cancelled where nobody wants it any more."""
    with pa.memory_map(str(rows_path), "r") as rows, pa.ipc.open_file(rows) as reader:
        table = reader.read_all()
        if row_ids.size < table.num_rows:
            table = table.take(pa.array(row_ids))
        texts = table.column(text_column).cast(pa.string())
        found, features = _text_features(texts, cancelled)
        conditions: list[Condition] = [condition_of(key, text_column) for key in features]
        cuts, limits = _threshold_columns(table, texts, text_column)
    has = sparse.csc_matrix(sparse.hstack([found, cuts]))
    return Sample(row_ids, has, (*conditions, *limits), tuple(features))


def with_more_rows(sample: Sample, rows_path: Path, row_ids: Ints, text_column: str) -> Sample:
    """Return a sample with a few more rows, and which of its conditions hold on these."""
    with pa.memory_map(str(rows_path), "r") as rows, pa.ipc.open_file(rows) as reader:
        table = reader.read_all().take(pa.array(row_ids))
        texts = table.column(text_column).cast(pa.string())
        known = {name: i for i, name in enumerate(sample.features)}
        has = sparse.lil_matrix((row_ids.size, len(sample.conditions)), dtype=np.float32)
        for i, text in enumerate(texts.to_pylist()):
            has[i, _features_among(known, text or "")] = 1
        for j, limit in enumerate(sample.conditions[len(known) :], len(known)):
            if isinstance(limit, Threshold):
                cells = pc.utf8_length(texts) if limit.of_text else table.column(limit.column)
                numbers = _numbers(cells)
                beyond = numbers >= limit.limit if limit.sign == ">=" else numbers <= limit.limit
                has[np.flatnonzero(beyond), j] = 1
    every = np.concatenate([sample.row_ids, row_ids])
    order = np.argsort(every)
    stacked = sparse.vstack([sample.has.tocsr(), has.tocsr()], format="csr")[order]
    return replace(sample, row_ids=every[order], has=sparse.csc_matrix(stacked))


def _features_among(known: Mapping[str, int], text: str) -> list[int]:
    """Return which of the known features a text has, every beginning of its words among them."""
    found = features_of(text)
    words = [name.removeprefix("words:") for name in found if is_word(name)]
    found.update(f"stem:{word[:end]}" for word in words for end in range(1, len(word) + 1))
    return [known[name] for name in found if name in known]


def _text_features(
    texts: pa.ChunkedArray, cancelled: threading.Event
) -> tuple[sparse.csc_matrix, list[str]]:
    known: dict[str, int] = {}
    indices: list[int] = []
    ends = [0]
    for start in range(0, len(texts), _BATCH):
        if cancelled.is_set():
            raise Cancelled("Newer suggestions are wanted.")
        for text in texts.slice(start, _BATCH).to_pylist():
            indices += [known.setdefault(key, len(known)) for key in features_of(text or "")]
            ends.append(len(indices))
        time.sleep(0)  # pages are drawn by other threads of this process
    names = list(known)
    has = sparse.csr_matrix(
        (np.ones(len(indices), dtype=np.float32), indices, ends), shape=(len(texts), len(names))
    )
    has = with_all_forms(has, names)
    texts_with = has.getnnz(axis=0)
    often = np.flatnonzero((texts_with >= LEAST_TEXTS) & (texts_with < len(texts)))
    # Simple ones first, and the same order every time, whatever order the sets had.
    often = np.array(sorted(often, key=lambda i: (len(names[i]), names[i])), dtype=np.int64)
    kept = often[np.argsort(-texts_with[often], kind="stable")[:MOST_FEATURES]]
    return has[:, kept], [names[i] for i in kept]


def with_all_forms(has: sparse.csr_matrix, names: Sequence[str]) -> sparse.csc_matrix:
    """Return which texts have which features (s, f), beginnings of words wherever a word has them.

    A text names the beginnings that an ending was taken off for; its function looks at all words.
    """
    words = sorted((name[6:], i) for i, name in enumerate(names) if is_word(name))
    own, stems = [], []
    for i, name in enumerate(names):
        if name.startswith("stem:"):
            first = bisect_left(words, (name[5:], 0))
            last = bisect_left(words, (name[5:] + "\U0010ffff", 0))
            own += [number for _, number in words[first:last]]
            stems += [i] * (last - first)
        else:
            own.append(i)
            stems.append(i)
    ones = np.ones(len(own), dtype=np.float32)
    every = (has @ sparse.csr_matrix((ones, (own, stems)), shape=(len(names), len(names)))).tocsc()
    every.data[:] = 1
    return every


def _threshold_columns(
    table: pa.Table, texts: pa.ChunkedArray, text_column: str
) -> tuple[sparse.csc_matrix, list[Condition]]:
    """Return which rows are beyond which of a few limits, for every column of numbers."""
    values: list[tuple[str, bool, Any]] = [(text_column, True, pc.utf8_length(texts))]
    for field in table.schema:
        is_number = pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
        if is_number and field.name != "row_id":
            values.append((field.name, False, table.column(field.name)))
    columns, conditions = [], []
    for column, of_text, cells in values:
        numbers = _numbers(cells)
        for cut in _cuts(numbers):
            for sign, beyond in ((">=", numbers >= cut), ("<=", numbers <= cut)):
                columns.append(sparse.csc_matrix(beyond[:, None].astype(np.float32)))
                conditions.append(Threshold(column, sign, float(cut), of_text))  # type: ignore[arg-type]
    shape = (table.num_rows, 0)
    return (sparse.hstack(columns) if columns else sparse.csc_matrix(shape)), conditions  # type: ignore[return-value]


def _numbers(cells: pa.ChunkedArray) -> npt.NDArray[np.float64]:
    return np.asarray(cells.cast(pa.float64()).to_numpy(), dtype=np.float64)


def _cuts(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return values that cut off an even share each, fewer where values are few."""
    known = numbers[np.isfinite(numbers)]
    if known.size == 0:
        return known
    return np.unique(np.quantile(known, np.linspace(0, 1, _CUTS + 2)[1:-1], method="nearest"))
