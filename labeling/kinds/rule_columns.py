"""The conditions of a rule, asked of whole columns, where none of them can fail."""

from collections.abc import Callable, Sequence
from functools import reduce

import numpy as np
import pyarrow as pa

from labeling.kinds.by_column import ColumnTest, Holds, unknown
from labeling.kinds.keyword import words_test
from labeling.kinds.regex import pattern_test
from labeling.kinds.rule_conditions import All, AnyOf, Comparison, Node, Not, Pattern, Words
from labeling.kinds.rule_tests import cell_test
from labeling.patterns.search import Mask


def column_test(node: Node) -> ColumnTest | None:
    """Return a tree of conditions for whole columns; None where a pattern is left to `re`."""
    match node:
        case All(parts):
            return _joined(parts, np.logical_and)
        case AnyOf(parts):
            return _joined(parts, np.logical_or)
        case Not(part):
            return _negated(part)
        case Words():
            return words_test(node.keywords("any class"))
        case Pattern(column, pattern, match_case):
            return pattern_test(column, pattern, match_case=match_case)
        case Comparison():
            return _comparison(node)


def _joined(parts: Sequence[Node], join: Callable[[Mask, Mask], Mask]) -> ColumnTest | None:
    tests = []
    for part in parts:
        test = column_test(part)
        if test is None:
            return None
        tests.append(test)

    def holds(rows: pa.RecordBatch) -> Holds:
        found, certain = zip(*(test(rows) for test in tests), strict=True)
        return reduce(join, found), reduce(np.logical_and, certain)

    return holds


def _negated(part: Node) -> ColumnTest | None:
    test = column_test(part)
    if test is None:
        return None

    def holds(rows: pa.RecordBatch) -> Holds:
        found, certain = test(rows)
        return ~found, certain

    return holds


def _comparison(condition: Comparison) -> ColumnTest:
    test = cell_test(condition)

    def holds(rows: pa.RecordBatch) -> Holds:
        cells = rows.column(condition.column)
        if not _never_fails(condition, cells.type):
            return unknown(rows)
        found = np.fromiter((bool(test(cell)) for cell in cells.to_pylist()), np.bool_, len(cells))
        return found, np.ones(len(cells), dtype=np.bool_)

    return holds


def _never_fails(condition: Comparison, column: pa.DataType) -> bool:
    """Whether every cell can be compared: as text, or because it is a number as the values are."""
    if condition.of_texts or condition.test == "empty":
        return True
    types = pa.types
    return bool(types.is_integer(column) or types.is_float64(column) or types.is_boolean(column))
