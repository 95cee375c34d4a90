"""Conditions on rows: on a column's value, on the text, on what functions vote.

Rows never change once they are imported, so the rows that a condition on columns keeps are found
once and kept as a mask; a page turn or a new snapshot costs no search.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from labeling.errors import ProjectError
from labeling.votes import LabelMatrix

Mask = npt.NDArray[np.bool_]
ColumnTest = Literal["contains", "regex", "=", "<", "<=", ">", ">=", "between", "empty"]

COLUMN_TESTS: Mapping[ColumnTest, int] = {
    "contains": 1,
    "regex": 1,
    "=": 1,
    "<": 1,
    "<=": 1,
    ">": 1,
    ">=": 1,
    "between": 2,
    "empty": 0,
}
"""Every test, with how many values it takes."""
_KEPT = 24


@dataclass(frozen=True)
class ColumnCondition:
    """A test of one column. Values are text as a person writes it; `negate` keeps the other rows.

    "contains" and "regex" look at the value as text and leave case aside; "between" includes both
    ends. An empty cell meets "empty" alone, and so every other test with `negate`.
    """

    column: str
    test: ColumnTest
    values: tuple[str, ...] = ()
    negate: bool = False

    def __post_init__(self) -> None:
        if self.test not in COLUMN_TESTS:
            raise ProjectError(f"Unknown test {self.test!r}.", choices=list(COLUMN_TESTS))
        if len(self.values) != COLUMN_TESTS[self.test]:
            raise ProjectError(
                f"{self.test!r} takes {COLUMN_TESTS[self.test]} values; {len(self.values)} given."
            )


@dataclass(frozen=True)
class VoteCondition:
    """What one function votes: a class code, ABSTAIN, or None for any class."""

    function: str
    vote: int | None
    negate: bool = False


class ConditionStore(Protocol):
    """The part of a store that finds rows by their columns."""

    def rows_where(self, condition: ColumnCondition) -> npt.NDArray[np.int64]:
        """Return the ids of the rows that a condition keeps, ascending, int64.

        The columns that hold answers cannot be asked about.
        """
        ...


class Masks:
    """Keeps the masks of the conditions asked for last. Used from any thread."""

    def __init__(self, stamp: Callable[[], str]) -> None:
        self._stamp = stamp
        self._lock = threading.Lock()
        self._kept: dict[object, Mask] = {}

    def get(
        self, condition: object, n_rows: int, find: Callable[[], npt.NDArray[np.int64]]
    ) -> Mask:
        """Return a mask, bool (n_rows,); not to be written to. `find` gives its row ids."""
        key = (condition, n_rows, self._stamp())
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
                return self._kept[key]
        mask = mask_of(find(), n_rows)
        mask.setflags(write=False)
        with self._lock:
            self._kept[key] = mask
            while len(self._kept) > _KEPT:
                self._kept.pop(next(iter(self._kept)))
        return mask


def mask_of(row_ids: npt.NDArray[np.int64], n_rows: int) -> Mask:
    """Return the mask of these rows, bool (n_rows,); ids beyond it are left out."""
    mask = np.zeros(n_rows, dtype=np.bool_)
    mask[row_ids[row_ids < n_rows]] = True
    return mask


def votes_mask(matrix: LabelMatrix, wanted: VoteCondition) -> Mask:
    """Return the rows on which a function votes as wanted; none where it has no votes."""
    if wanted.function not in matrix.names:
        return np.zeros(matrix.n_rows, dtype=np.bool_)
    column = matrix.column(wanted.function)
    mask: Mask = column >= 0 if wanted.vote is None else column == wanted.vote
    return ~mask if wanted.negate else mask


def same_votes_mask(matrix: LabelMatrix, row_id: int) -> Mask:
    """Return the rows on which every function votes as on `row_id`, itself among them."""
    mask = np.full(matrix.n_rows, row_id < matrix.n_rows)
    if row_id < matrix.n_rows:
        for name in matrix.names:
            column = matrix.column(name)
            mask &= column == column[row_id]
    return mask


def condition_text(condition: ColumnCondition) -> str:
    """Say a condition as a person reads it.

    >>> condition_text(ColumnCondition("stars", "between", ("2", "4"), negate=True))
    'not stars between 2 and 4'
    """
    said = f"{condition.column} {condition.test} {' and '.join(condition.values)}".rstrip()
    return f"not {said}" if condition.negate else said
