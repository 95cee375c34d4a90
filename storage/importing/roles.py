"""Which columns of a file hold the text, the id, the gold label and the split."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from labeling.store import ColumnType, ImportPlan
from storage.importing.scratch import Staged
from storage.importing.source import Source


@dataclass(frozen=True)
class Roles:
    """Positions of the columns that have a role, counted from 0."""

    text: int
    id: int | None
    gold: int | None
    split: int | None

    @property
    def always_text(self) -> frozenset[int]:
        """Columns that are text whatever their values look like."""
        given = (self.text, self.id, self.gold, self.split)
        return frozenset(position for position in given if position is not None)


def find_roles(source: Source, staged: Staged, plan: ImportPlan) -> Roles:
    """Return the positions of the columns that a plan names.

    Raises:
        ImportFileError: the file has no column of that name; gives the nearest and all names.
    """

    def optional(name: str | None, role: str) -> int | None:
        return None if name is None else _position(source, staged, name, role)

    return Roles(
        text=_position(source, staged, plan.text_column, "text column"),
        id=optional(plan.id_column, "id column"),
        gold=optional(plan.gold_column, "gold column"),
        split=optional(plan.split_column, "split column"),
    )


def find_overrides(source: Source, staged: Staged, plan: ImportPlan) -> dict[int, ColumnType]:
    """Return the types that a plan gives, by position.

    Raises:
        ImportFileError: the file has no column of that name.
    """
    return {
        _position(source, staged, name, "column with a type"): column_type
        for name, column_type in plan.types.items()
    }


def _position(source: Source, staged: Staged, name: str, role: str) -> int:
    for position, column in enumerate(staged.columns):
        if name in (column.name, column.name_in_file):
            return position
    names = tuple(column.name for column in staged.columns)
    raise source.refused(
        f"There is no {role} {name!r}.{_nearest(name, names)}",
        choices=names,
        remedy="Choose one of these.",
    )


def _nearest(name: str, names: Iterable[str]) -> str:
    by_lower_case = {known.lower(): known for known in names}
    close = difflib.get_close_matches(name.lower(), by_lower_case, n=1)
    return f" Did you mean {by_lower_case[close[0]]!r}?" if close else ""
