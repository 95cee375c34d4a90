"""Rows whose text is nearly the same as a row's, found by hashed shingles in one pass.

A shingle is five bytes in a row. How alike two texts are is the share of their shingles that both
have (Broder, "On the resemblance and containment of documents", 1997). The hashes of a text of the
wanted row are marked in one table; all texts are then laid over it at once, and those that may be
alike are compared exactly.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

ALIKE = 0.6
"""From this share of common shingles on, two texts are near-duplicates."""
MOST_ROWS = 1_000
_BYTES = 5
_TABLE = 1 << 16
_BATCH = 20_000

Ints = npt.NDArray[np.int64]


def near_rows(rows_path: Path, text_column: str, row_id: int) -> Ints:
    """Return the rows whose text is nearly that of `row_id`, most alike first, int64.

    The row itself is the first. With more than MOST_ROWS the search ends before the last row.
    """
    with pa.memory_map(str(rows_path), "r") as rows, pa.ipc.open_file(rows) as reader:
        texts = reader.read_all().column(text_column).cast(pa.large_string())
        wanted = _shingles((texts[row_id].as_py() or "").encode())
        if not wanted:
            return np.array([row_id], dtype=np.int64)
        marked = np.zeros(_TABLE, dtype=np.bool_)
        marked[_hashes(np.frombuffer(b"".join(wanted), dtype=np.uint8))[::_BYTES]] = True
        alike: list[tuple[float, int]] = []
        for start in range(0, len(texts), _BATCH):
            if len(alike) > MOST_ROWS:
                break
            batch = texts.slice(start, _BATCH).combine_chunks()
            for i in _may_be_alike(batch, marked):
                share = resemblance(wanted, _shingles((batch[int(i)].as_py() or "").encode()))
                if share >= ALIKE:
                    alike.append((-share, start + int(i)))
    ordered = [found for _, found in sorted(alike) if found != row_id]
    return np.array([row_id, *ordered][:MOST_ROWS], dtype=np.int64)


def resemblance(one: set[bytes], other: set[bytes]) -> float:
    """Return which share of the shingles of both is common, 1 for two texts without any."""
    every = len(one | other)
    return len(one & other) / every if every else 1.0


def _shingles(text: bytes) -> set[bytes]:
    lowered = text.lower()
    return {lowered[i : i + _BYTES] for i in range(len(lowered) - _BYTES + 1)}


def _may_be_alike(texts: pa.LargeStringArray, marked: npt.NDArray[np.bool_]) -> Ints:
    """Return which texts have enough shingles with a marked hash, and a few by chance."""
    filled = texts.fill_null("")
    _, offsets_buffer, bytes_buffer = filled.buffers()
    ends = np.frombuffer(offsets_buffer, dtype=np.int64)[
        filled.offset : filled.offset + len(filled) + 1
    ]
    if bytes_buffer is None or ends[-1] - ends[0] < _BYTES:
        return np.empty(0, dtype=np.int64)
    content = np.frombuffer(bytes_buffer, dtype=np.uint8)[ends[0] : ends[-1]]
    known = np.concatenate([[0], np.cumsum(marked[_hashes(_lowered(content))], dtype=np.int64)])
    first = ends[:-1] - ends[0]
    count = np.maximum(np.diff(ends) - _BYTES + 1, 0)
    last = known.size - 1
    common = known[np.minimum(first + count, last)] - known[np.minimum(first, last)]
    return np.flatnonzero((count > 0) & (common >= ALIKE * count))


def _lowered(content: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the bytes with ASCII capitals made small, as `bytes.lower` does."""
    is_capital = (content >= 65) & (content <= 90)
    return np.where(is_capital, content + 32, content).astype(np.uint8)


def _hashes(content: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    """Return the hash of the shingle that begins at each byte but the last four."""
    hashes = np.zeros(content.size - _BYTES + 1, dtype=np.uint32)
    for i in range(_BYTES):
        hashes = hashes * np.uint32(2_654_435) + content[i : content.size - _BYTES + 1 + i]
    return (hashes >> np.uint32(16)).astype(np.uint16)
