"""What a class may be called, and what number it has."""

import re
from collections.abc import Iterable, Sequence

from labeling.errors import ProjectError


def valid_class_name(name: str) -> str:
    """Return a class name without surrounding space, or say why it cannot be one."""
    cleaned = name.strip()
    if not cleaned or not cleaned.isprintable():
        raise ProjectError(
            f"{name!r} is no class name.", remedy="Use one or more visible characters."
        )
    return cleaned


def valid_classes(names: Sequence[str]) -> tuple[str, ...]:
    """Return class names in code order, or say what is wrong with them."""
    cleaned = tuple(valid_class_name(name) for name in names)
    if len(set(cleaned)) < len(cleaned):
        twice = sorted({name for name in cleaned if cleaned.count(name) > 1})
        raise ProjectError(f"The class {twice[0]!r} is named twice.")
    if not 2 <= len(cleaned) <= 127:
        raise ProjectError(
            f"A project has 2 to 127 classes; {len(cleaned)} named.",
            remedy="Name them with commas between, for example: ham,spam",
        )
    return cleaned


def numbered_classes(classes: Sequence[str]) -> tuple[str, ...]:
    """Return what the number of each class means.

    >>> numbered_classes(["ham", "spam"])
    ('0 = ham', '1 = spam')
    """
    return tuple(f"{code} = {name}" for code, name in enumerate(classes))


def are_numbers(values: Iterable[str]) -> bool:
    """Tell whether all values are whole numbers; 1.0 is how some programs write 1."""
    return all(re.fullmatch(r"-?[0-9]+(\.0+)?", value) for value in values)


def are_class_numbers(values: Iterable[str], classes: Sequence[str]) -> bool:
    """Tell whether values can be read as numbers of these classes, -1 for none.

    >>> are_class_numbers(["0", "1.0", "-1"], ["ham", "spam"])
    True
    >>> are_class_numbers(["1", "2"], ["ham", "spam"])
    False
    """
    known = list(values)
    return are_numbers(known) and all(-1 <= float(value) < len(classes) for value in known)


def in_reading_order(names: Iterable[str]) -> list[str]:
    """Return proposed class names sorted, numbers by their size.

    >>> in_reading_order(["10", "2", "1"])
    ['1', '2', '10']
    """
    known = sorted(names)
    return sorted(known, key=float) if are_numbers(known) else known
