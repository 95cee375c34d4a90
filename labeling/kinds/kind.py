"""What every kind of labeling function can do, and what the worker needs to know of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from labeling.execution.row import Row
from labeling.functions import LabelingFunction
from labeling.votes import Votes

SOURCE_FILE = "<labeling function>"
"""The file name under which an author's source is compiled, as tracebacks show it."""

Vote = Callable[[Row], object]
"""A compiled function: a row to a class name, a class code, or None or -1 to abstain."""


@dataclass(frozen=True)
class RowUse:
    """How a function uses its row.

    `columns` are those it probably reads; the others stay within reach. `keeps_row` is False only
    where it is certain that a row is not kept, changed or handed on, so that one object can serve
    for every row.
    """

    columns: tuple[str, ...]
    keeps_row: bool


@dataclass(frozen=True, eq=False)
class Known:
    """What a function answers on some rows, found without calling it.

    `votes` int8 (n,) are class codes or ABSTAIN, and right where `certain`, bool (n,).
    """

    votes: Votes
    certain: npt.NDArray[np.bool_]


ColumnVote = Callable[[pa.RecordBatch], Known]
"""Answers for many rows at once; where it is not certain, the function itself is called."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What a function answers that is asked about all rows at once.

    `row_ids` (int64) and `labels` (text or int64: class name or code; null or -1 to abstain) are
    of one length and in any order. A row that is not among them is an abstain.
    """

    row_ids: pa.ChunkedArray
    labels: pa.ChunkedArray


SetVote = Callable[[], Answers]
"""A compiled function that is bound to the rows it answers for."""


class RowKind(Protocol):
    """A kind whose functions are called with one row after the other.

    `check` and `row_use` only read the source; nothing but `compile` runs code of the author, and
    it is called in a worker process alone.
    """

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError, with the line where there is one, unless it is valid as written."""
        ...

    def row_use(self, function: LabelingFunction, columns: Sequence[str]) -> RowUse:
        """Say how the function uses its row."""
        ...

    def compile(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> Vote:
        """Return the function as something to call. In a worker only."""
        ...


@runtime_checkable
class ColumnKind(RowKind, Protocol):
    """A kind whose functions may be asked about whole columns, to be faster and nothing else.

    None of its methods runs code of the author, so that one worker serves for many functions.
    """

    def compile_columns(
        self, function: LabelingFunction, classes: Sequence[str]
    ) -> ColumnVote | None:
        """Return what gives a valid function's own answers for many rows; None where nothing does.

        It must never raise.
        """
        ...


@runtime_checkable
class SetKind(Protocol):
    """A kind whose functions answer for all rows at once, and may look at one beside another.

    `check` only reads the source; nothing but `compile_set` and what it returns runs code of the
    author, and that in a worker process alone. Both may raise FunctionError.
    """

    def check(
        self, function: LabelingFunction, columns: Sequence[str], classes: Sequence[str]
    ) -> None:
        """Raise FunctionError, with the line where there is one, unless it is valid as written."""
        ...

    def compile_set(
        self, function: LabelingFunction, rows: pa.Table, memory_mb: int, asked: range
    ) -> SetVote:
        """Return the function, bound to every row of the project. In a worker only.

        What it answers for rows that are not `asked` for is not looked at, so it may leave them
        out where that changes nothing for the others, errors included.
        """
        ...


Kind = RowKind | SetKind
