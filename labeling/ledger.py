"""What went wrong when a function ran, gathered so that its author sees the causes first."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from labeling.counted import counted
from labeling.runs import RowError, RowTimes
from labeling.snapshot import FunctionState


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
    return line, f"{counted(rows, 'row')} failed here: {group.text}"


def ledger_record(state: FunctionState, errors: Sequence[RowError]) -> dict[str, Any]:
    """Return all that is known of how a function ran, as plain values for programs.

    Times are in seconds; `timeouts` counts rows among those whose message was kept.
    """
    run, check = state.run, state.stability
    times = run.times if run else None
    return {
        "name": state.function.name,
        "version": state.function.version,
        "status": state.status,
        "accepted": state.acceptance is not None,
        "rows": run.rows if run else 0,
        "errors": run.error_count if run else 0,
        "timeouts": sum(error.error == "TimeoutError" for error in errors),
        "failure": run.failure if run else None,
        "failure_row": run.failure_row if run else None,
        "failure_line": run.failure_line if run else None,
        "messages": [
            {
                "error": group.text,
                "rows": len(group.row_ids),
                "examples": list(group.row_ids[:5]),
                "lines": list(group.lines),
            }
            for group in error_groups(errors)
        ],
        "times": None
        if times is None
        else {
            "timed_rows": times.timed,
            "p50": times.p50,
            "p95": times.p95,
            "slowest": [{"row": row.row_id, "seconds": row.seconds} for row in times.slowest],
        },
        "run_twice": None
        if check is None
        else {"rows": check.rows, "differing": list(check.differing)},
        "not_checked": state.unchecked,
    }


def times_text(times: RowTimes | None) -> str | None:
    """Say how long rows took.

    >>> from labeling.runs import SlowRow
    >>> times_text(RowTimes(512, 2.1e-6, 3.14e-6, (SlowRow(812, 0.04),)))
    'A row takes 2.1 µs, p95 3.1 µs (512 timed); slowest row 812: 40 ms.'
    """
    if times is None:
        return None
    text = f"A row takes {duration(times.p50)}, p95 {duration(times.p95)} ({times.timed:,} timed)"
    if times.slowest:
        slowest = times.slowest[0]
        text += f"; slowest row {slowest.row_id}: {duration(slowest.seconds)}"
    return text + "."


def duration(seconds: float) -> str:
    """Return a time with a unit that fits it.

    >>> duration(0.0000031), duration(0.04), duration(1.5)
    ('3.1 µs', '40 ms', '1.5 s')
    """
    for factor, unit in ((1.0, "s"), (1e3, "ms")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.2g} µs" if seconds < 1e-5 else f"{seconds * 1e6:.3g} µs"
