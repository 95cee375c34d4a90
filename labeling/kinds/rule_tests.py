"""The conditions of a rule, asked of one cell."""

from collections.abc import Callable
from typing import Any

from labeling.kinds.keyword import matcher
from labeling.kinds.parameters import as_text, compiled_pattern
from labeling.kinds.rule_conditions import Comparison, Condition, Pattern, Scalar, Words

CellTest = Callable[[Any], object]
"""A condition as something to ask a cell; the answer is true or false."""


def cell_test(condition: Condition) -> CellTest:
    """Return a condition as something to ask a cell."""
    match condition:
        case Words():
            hits = matcher(condition.keywords("any class"))
            return lambda cell: hits(as_text(cell))
        case Pattern(_, pattern, match_case):
            search = compiled_pattern(pattern, match_case=match_case).search
            return lambda cell: search(as_text(cell))
        case Comparison(_, "empty"):
            return lambda cell: not as_text(cell).strip()
        case Comparison(_, test, values):
            compare = _COMPARED[test](values)
            if condition.of_texts:
                return lambda cell: compare(None if cell is None else as_text(cell))
            return compare


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[..., Callable[[Any], bool]]:
    return lambda values: lambda cell: cell is not None and compare(cell, values[0])


def _between(values: tuple[Any, ...]) -> Callable[[Any], bool]:
    low, high = values
    return lambda cell: cell is not None and low <= cell <= high


def _one_of(values: tuple[Scalar, ...]) -> Callable[[Any], bool]:
    known = frozenset(values)
    return lambda cell: cell in known


_COMPARED: dict[str, Callable[[tuple[Any, ...]], Callable[[Any], bool]]] = {
    "=": lambda values: lambda cell: cell == values[0],
    "!=": lambda values: lambda cell: cell != values[0],
    "<": _ordered(lambda cell, value: cell < value),
    "<=": _ordered(lambda cell, value: cell <= value),
    ">": _ordered(lambda cell, value: cell > value),
    ">=": _ordered(lambda cell, value: cell >= value),
    "between": _between,
    "one of": _one_of,
}
