"""Asks of a whole column of texts at once which of them a pattern hits."""

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
        if texts.null_count:
            texts = call_function("coalesce", [texts, pa.scalar("", texts.type)])
        options = MatchSubstringOptions(self.re2)
        return _mask(call_function("match_substring_regex", [texts], options))


def column_search(pattern: str, flags: int = 0) -> ColumnSearch | None:
    """Return how to look for a valid pattern of `re` in columns; None where only `re` can."""
    translated = re2_pattern(pattern, flags)
    if translated is None:
        return None
    search = ColumnSearch(translated)
    try:
        search.hits(pa.array([""]))
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
    if texts.null_count:
        texts = call_function("coalesce", [texts, pa.scalar("", texts.type)])
    return _mask(call_function("string_is_ascii", [texts]))


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


def _mask(found: pa.Array) -> Mask:
    mask: Mask = found.to_numpy(zero_copy_only=False)
    return mask
