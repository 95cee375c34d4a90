"""What went wrong when a function ran, gathered so that its author sees the causes first."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from labeling.runs import RowError


@dataclass(frozen=True)
class ErrorGroup:
    """Rows that failed with the same message; row ids and lines ascend."""

    error: str
    message: str
    row_ids: tuple[int, ...]
    lines: tuple[int, ...]

    @property
    def text(self) -> str:
        """The message as Python writes it."""
        return described(self.error, self.message)


def described(error: str, message: str) -> str:
    """Return an error as Python writes it.

    >>> described("KeyError", "'x'"), described("TimeoutError", "")
    ("KeyError: 'x'", 'TimeoutError')
    """
    return f"{error}: {message}" if message else error


def error_groups(errors: Sequence[RowError]) -> tuple[ErrorGroup, ...]:
    """Gather errors by message, those of most rows first."""
    same: dict[tuple[str, str], list[RowError]] = defaultdict(list)
    for error in errors:
        same[error.error, error.message].append(error)
    groups = [
        ErrorGroup(
            error=name,
            message=message,
            row_ids=tuple(sorted(error.row_id for error in alike)),
            lines=tuple(sorted({error.line for error in alike if error.line is not None})),
        )
        for (name, message), alike in same.items()
    ]
    return tuple(sorted(groups, key=lambda group: -len(group.row_ids)))


def worst_line(errors: Sequence[RowError]) -> tuple[int, str] | None:
    """Return the line on which most rows failed and what most of them said there."""
    lines = Counter(error.line for error in errors if error.line is not None)
    if not lines:
        return None
    ((line, rows),) = lines.most_common(1)
    group = error_groups([error for error in errors if error.line == line])[0]
    return line, f"{rows:,} {'row' if rows == 1 else 'rows'} failed here: {group.text}"
