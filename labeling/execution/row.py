"""The row `x` that a labeling function sees, made to cost next to nothing.

The columns a function is likely to read are put into slots of one row object that is used again
for every row; any other column is looked up when it is asked for. So guessing wrong about columns
costs time, never a wrong value. A function that keeps `x` gets a new object for each row.
"""

import difflib
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Any, ClassVar

import pyarrow as pa

from labeling.patterns.search import Mask, selected

FAST_COLUMNS = 4
"""How many columns are put into slots before the function is called."""


class Chunk:
    """Some consecutive `rows`, column by column; a column becomes Python values on first use."""

    def __init__(self, batch: pa.RecordBatch, first: int) -> None:
        self.rows = batch
        self._columns: dict[str, list[Any]] = {}
        self.first = first

    def __len__(self) -> int:
        return int(self.rows.num_rows)

    def column(self, name: str) -> list[Any]:
        """Return one column's values."""
        values = self._columns.get(name)
        if values is None:
            values = self._columns[name] = self.rows.column(name).to_pylist()
        return values

    def selected(self, name: str, rows: Mask) -> list[Any]:
        """Return one column's values on some of the rows, bool (n,)."""
        if name in self._columns or rows.all():
            return list(compress(self.column(name), rows))
        return list(selected(self.rows.column(name), rows).to_pylist())

    def value(self, name: str, position: int) -> Any:
        """Return one value; `position` counts from the first row of the run."""
        return self.column(name)[position - self.first]


class Row:
    """One row: `x.text`, `x["text"]`, `x.get("text")`, `"text" in x`, `x.to_dict()`.

    `row_class` makes a subclass for a project's columns, in which a column's name is another name
    of the slot it is kept in.
    """

    __slots__ = ("_chunk", "_position", "_slot0", "_slot1", "_slot2", "_slot3")

    _columns: ClassVar[tuple[str, ...]] = ()
    _fast: ClassVar[frozenset[str]] = frozenset()

    _chunk: Chunk
    _position: int
    _slot0: Any
    _slot1: Any
    _slot2: Any
    _slot3: Any

    def __getattr__(self, name: str) -> Any:
        """Look up what is in no slot."""
        if name in self._columns:
            return self._chunk.value(name, self._position)
        raise AttributeError(f"the row has no {name!r}; {_columns_hint(name, self._columns)}")

    def __getitem__(self, name: str) -> Any:
        if name in self._fast:
            return getattr(self, name)
        if name in self._columns:
            return self._chunk.value(name, self._position)
        extra = getattr(self, "__dict__", {})
        if name in extra:
            return extra[name]
        raise KeyError(f"no column {name!r}; {_columns_hint(name, self._columns)}")

    def get(self, name: str, default: Any = None) -> Any:
        """Return a column's value, or `default` where there is no such column."""
        try:
            return self[name]
        except KeyError:
            return default

    def __contains__(self, name: object) -> bool:
        return name in self._columns or name in getattr(self, "__dict__", {})

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return list(self._columns)

    def values(self) -> list[Any]:
        """Return the values of all columns."""
        return [self[name] for name in self._columns]

    def items(self) -> list[tuple[str, Any]]:
        """Return names and values of all columns."""
        return [(name, self[name]) for name in self._columns]

    def to_dict(self) -> dict[str, Any]:
        """Return the row as a dict."""
        return dict(self.items())

    _asdict = to_dict

    @property
    def _fields(self) -> tuple[str, ...]:
        return self._columns

    def __len__(self) -> int:
        return len(self._columns)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.values())

    def __copy__(self) -> "Row":
        copied = object.__new__(type(self))
        for slot in Row.__slots__:
            setattr(copied, slot, getattr(self, slot))
        if hasattr(copied, "__dict__"):
            vars(copied).update(getattr(self, "__dict__", {}))
        return copied

    def __deepcopy__(self, memo: dict[int, Any]) -> "Row":
        return self.__copy__()

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.items())})"


class _OpenRow(Row):
    """A row that takes further attributes, as preprocessors set them."""

    __slots__ = ("__dict__",)


def row_class(columns: Sequence[str], fast: Sequence[str], *, is_open: bool) -> type[Row]:
    """Return the row type for these columns, the `fast` ones (at most FAST_COLUMNS) in slots.

    Each row of an open type is an object of its own and may be given further attributes.
    """
    base = _OpenRow if is_open else Row
    slots = {name: vars(Row)[f"_slot{number}"] for number, name in enumerate(fast)}
    members = {"__slots__": (), "_columns": tuple(columns), "_fast": frozenset(fast), **slots}
    return type("Row", (base,), members)


def fast_columns(columns: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Return those of the wanted columns that can live in a slot.

    A column named like a method of the row, or with a leading underscore, is reached as
    `x["name"]` and looked up when it is.
    """
    usable = [
        name
        for name in wanted
        if name in columns and name.isidentifier() and not name.startswith("_")
        if not hasattr(Row, name)
    ]
    return tuple(usable[:FAST_COLUMNS])


def _columns_hint(name: str, columns: Sequence[str]) -> str:
    shown = ", ".join(columns[:20]) + (", ..." if len(columns) > 20 else "")
    close = difflib.get_close_matches(name, columns, n=1)
    return f"columns: {shown}" + (f". Did you mean {close[0]!r}?" if close else "")
