"""What every kind of labeling function can do, and what the worker needs to know of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from labeling.execution.row import Row
from labeling.functions import LabelingFunction

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


class Kind(Protocol):
    """A kind of labeling function.

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
