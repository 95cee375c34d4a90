"""Asks a function made of patterns about whole columns, where that gives its very answers."""

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa

from labeling.kinds.kind import ColumnVote, Known
from labeling.patterns.search import ColumnSearch, Mask, is_ascii, is_texts
from labeling.votes import ABSTAIN

Holds = tuple[Mask, Mask]
"""Where a condition holds, and where that is certain; bool (n,) each."""
ColumnTest = Callable[[pa.RecordBatch], Holds]


def voting(test: ColumnTest, label: str, classes: Sequence[str]) -> ColumnVote:
    """Return a function that votes for one class where a condition holds."""
    code = classes.index(label)

    def vote(rows: pa.RecordBatch) -> Known:
        holds, certain = test(rows)
        return Known(np.where(holds, np.int8(code), np.int8(ABSTAIN)), certain)

    return vote


def contains(column: str, searches: Sequence[ColumnSearch]) -> ColumnTest:
    """Hold where every pattern is found in a column; certain of ASCII texts."""

    def test(rows: pa.RecordBatch) -> Holds:
        texts = rows.column(column)
        if not is_texts(texts):
            return unknown(rows)
        found = [search.hits(texts) for search in searches]
        return reduce(np.logical_and, found), is_ascii(texts)

    return test


def unknown(rows: pa.RecordBatch) -> Holds:
    """Return that nothing is certain."""
    nothing = np.zeros(rows.num_rows, dtype=np.bool_)
    return nothing, nothing
