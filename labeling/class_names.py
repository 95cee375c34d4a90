"""What a class may be called."""

from collections.abc import Sequence

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
