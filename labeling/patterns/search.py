"""Asks of a whole column of texts at once which of them a pattern hits.

Arrays are made of buffers here: where pyarrow turns Python's values or numpy's into its own, it
imports pandas first, which takes a worker longer than to search a million rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

# Every worker imports this, and would take 80 ms for pyarrow.compute, which is made of it.
from pyarrow._compute import MatchSubstringOptions, call_function

from labeling.patterns.re2 import re2_pattern

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ColumnSearch:
    """A pattern of `re`, as RE2 reads it."""

    re2: str

    def hits(self, texts: pa.Array) -> Mask:
        """Return which texts `re.search` hits, bool (n,); right wherever `is_ascii`.

        An empty cell counts as an empty text.
        """
        options = MatchSubstringOptions(self.re2)
        return _mask(call_function("match_substring_regex", [_filled(texts)], options))


def column_search(pattern: str, flags: int = 0) -> ColumnSearch | None:
    """Return how to look for a valid pattern of `re` in columns; None where only `re` can."""
    translated = re2_pattern(pattern, flags)
    if translated is None:
        return None
    search = ColumnSearch(translated)
    try:
        search.hits(_empty_text(pa.string()))
    except pa.ArrowInvalid:  # too large for RE2
        return None
    return search


def is_texts(column: pa.Array) -> bool:
    """Whether a column is one that can be searched."""
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def is_ascii(texts: pa.Array) -> Mask:
    """Return which texts are ASCII, bool (n,); an empty cell is."""
    if _all_ascii(texts):
        return np.ones(len(texts), dtype=np.bool_)
    return _mask(call_function("string_is_ascii", [_filled(texts)]))


def _all_ascii(texts: pa.Array) -> bool:
    """Look at the bytes of all texts at once, which takes no time beside one text at a time."""
    _, offsets, content = texts.buffers()
    if offsets is None or content is None:
        return True
    number = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    ends = np.frombuffer(offsets, dtype=number)
    written = np.frombuffer(content, dtype=np.uint8)
    written = written[ends[texts.offset] : ends[texts.offset + len(texts)]]
    return written.size == 0 or bool(written.max() < 128)


def selected(cells: pa.Array, rows: Mask) -> pa.Array:
    """Return the cells of some rows, bool (n,)."""
    bits = pa.py_buffer(np.packbits(rows, bitorder="little"))
    mask = pa.Array.from_buffers(pa.bool_(), rows.size, [None, bits])
    return call_function("array_filter", [cells, mask])


def _filled(texts: pa.Array) -> pa.Array:
    """Return the texts, empty cells as empty texts."""
    if not texts.null_count:
        return texts
    return call_function("coalesce", [texts, _empty_text(texts.type)[0]])


def _empty_text(kind: pa.DataType) -> pa.Array:
    ends = pa.py_buffer(np.zeros(2, dtype=np.int64))
    return pa.Array.from_buffers(kind, 1, [None, ends, pa.py_buffer(b"")])


def _mask(found: pa.Array) -> Mask:
    """Return an array of booleans without empty cells as one of numpy's."""
    bits = np.frombuffer(found.buffers()[1], dtype=np.uint8)
    mask = np.unpackbits(bits, count=found.offset + len(found), bitorder="little")
    return mask[found.offset :].view(np.bool_)
