"""The gold column of a file: class names, or class numbers where the plan says so."""

from collections.abc import Sequence
from dataclasses import dataclass

from labeling.class_names import are_class_numbers, are_numbers, in_reading_order, numbered_classes
from labeling.errors import ImportFileError
from storage.importing.column_types import shortened
from storage.importing.scratch import Scratch, Staged
from storage.importing.source import Source
from storage.sql import compose, position_name

_MOST_NAMED = 5
_MOST_LOOKED_AT = 200
"""More different values than these are no numbers of classes: a project has at most 127."""

_UNKNOWN = """
    SELECT {gold} AS value, min(record) FROM staged
    WHERE {gold} <> '' AND NOT list_contains(?, {gold})
    GROUP BY value ORDER BY min(record) LIMIT {most}"""
_KNOWN = "SELECT record FROM staged WHERE list_contains(?, {gold}) LIMIT 1"


@dataclass(frozen=True)
class GoldColumn:
    """Where the gold of a file stands and how it is written.

    `words` are the values that it may have, in code order: names of classes, or "0", "1", ...
    """

    position: int
    classes: tuple[str, ...]
    numbers: bool = False

    @property
    def words(self) -> list[str]:
        """What stands for each class, in code order."""
        return [str(code) for code in range(len(self.classes))] if self.numbers else [*self.classes]

    @property
    def value(self) -> str:
        """The SQL of a cell as one of `words`, or as '' or NULL where it has no gold.

        Other programs write a number as 1.0 where some cells of its column are empty, and -1 where
        there is none.
        """
        column = position_name(self.position)
        if not self.numbers:
            return column
        return compose(r"nullif(regexp_replace({column}, '\.0+$', ''), '-1')", column=column)


def refuse_unknown_gold(source: Source, scratch: Scratch, staged: Staged, gold: GoldColumn) -> None:
    """Refuse a gold column with a value that stands for no class and is not empty.

    Raises:
        ImportFileError: names the first line, what was found, what is valid and what to do.
    """
    unknown = scratch.all(_UNKNOWN, [gold.words], gold=gold.value, most=str(_MOST_LOOKED_AT))
    if not unknown:
        return
    values = [str(value) for value, _ in unknown]
    name, place = repr(staged.columns[gold.position].name), staged.place(unknown[0][1])
    if gold.numbers:
        raise _no_class_number(source, name, place, values, gold.classes)
    if are_numbers(values) and not scratch.first(_KNOWN, [gold.words], gold=gold.value):
        raise _numbers_for_names(source, name, place, values, gold.classes)
    raise source.refused(
        f"Unknown class {shortened(values[0])} in column {name}.{_also(values[1:])}",
        place=place,
        choices=gold.classes,
        remedy="Correct the cell, leave it empty, or add the class to the project.",
    )


def _no_class_number(
    source: Source, name: str, place: str, values: Sequence[str], classes: Sequence[str]
) -> ImportFileError:
    return source.refused(
        f"Column {name} has {shortened(values[0])}, which is no class number.{_also(values[1:])}",
        place=place,
        choices=numbered_classes(classes),
        remedy="Correct the cell, leave it empty (or -1), or import gold as class names.",
    )


def _numbers_for_names(
    source: Source, name: str, place: str, values: Sequence[str], classes: Sequence[str]
) -> ImportFileError:
    found = ", ".join(in_reading_order(values)[:_MOST_NAMED]) + (
        " …" if len(values) > _MOST_NAMED else ""
    )
    meaning = ", ".join(numbered_classes(classes)[:_MOST_NAMED])
    if are_class_numbers(values, classes):
        remedy = (
            f"If they are class numbers ({meaning}), say so: --gold-numbers, or in the app tick "
            "Gold has class numbers. If not, write class names, or leave cells empty."
        )
    else:
        remedy = (
            "Write class names, or leave cells empty. Class numbers would be understood, too, "
            f"but count from 0: {meaning}."
        )
    return source.refused(
        f"Column {name} has numbers ({found}), not class names.",
        place=place,
        choices=tuple(classes),
        remedy=remedy,
    )


def _also(others: Sequence[str]) -> str:
    """Name further values that are wrong, the first ones where they are many."""
    if not others:
        return ""
    named = ", ".join(shortened(value) for value in others[:_MOST_NAMED])
    return f" Unknown as well: {named}{' …' if len(others) > _MOST_NAMED else ''}."
