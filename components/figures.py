"""Figures as people read them: the same form on every page."""

from dataclasses import dataclass

from labeling.browse import RowSlice
from labeling.snapshot import FunctionState, Snapshot
from labeling.table import share

BEFORE = "before the last change"
"""Said of a figure that is being measured anew."""


def count(value: int) -> str:
    """Return a count with thousands separated.

    >>> count(12480)
    '12,480'
    """
    return f"{value:,}"


def measured_briefly(state: FunctionState) -> str:
    """Return a function's accuracy on dev gold with its 95 % interval, such as 72 % (61–82).

    It is reweighted where rows were chosen, and then about so much.
    """
    found = state.statistics
    if found is None or found.accuracy is None:
        return "–"
    value, low, high = found.fair
    about = "" if found.reweighted is None else "≈"
    said = f"{about}{100 * (value or 0.0):.0f}\N{NO-BREAK SPACE}%"
    if low is None or high is None:
        return f"{said} of {count(found.gold)}"
    return f"{said} ({100 * low:.0f}–{100 * high:.0f})"


def measured_accuracy(state: FunctionState) -> str:
    """Return a function's accuracy on dev gold with interval and count, or a dash."""
    found = state.statistics
    if found is None or found.accuracy is None:
        return "–"
    value, low, high = found.fair
    raw = None if found.reweighted is None else found.accuracy
    return with_interval(value or 0.0, low, high, found.gold, raw)


def unseen_accuracy(state: FunctionState) -> str:
    """Return a function's accuracy on gold that came after it was saved, or a dash."""
    found = state.unseen
    if found is None:
        return "–"
    fair = found.reweighted
    if fair is None:
        return with_interval(found.accuracy, *found.interval, found.rows)
    return with_interval(fair.share, fair.low, fair.high, found.rows, found.accuracy)


def label_accuracy(snapshot: Snapshot, *, raw: bool = True) -> str:
    """Return the label model's accuracy on dev gold with interval and count, or a dash.

    `raw` puts beside a reweighted one what was counted.
    """
    report = snapshot.model
    if report is None or report.measured is None:
        return "–"
    measured, fair = report.measured, snapshot.reweighted_accuracy
    if fair is None:
        found = with_interval(measured.accuracy, measured.low, measured.high, measured.rows)
    else:
        counted = measured.accuracy if raw else None
        found = with_interval(fair.share, fair.low, fair.high, measured.rows, counted)
    return f"before: {found}" if report.pending else found


def with_interval(
    value: float, low: float | None, high: float | None, n: int, raw: float | None = None
) -> str:
    r"""Return an accuracy with its interval, where there is one, and its count.

    `raw` is what was counted, where the accuracy is reweighted.

    >>> with_interval(0.921, 0.86, 0.96, 84)
    '92.1\xa0% (86–96, n\xa0=\xa084)'
    >>> with_interval(0.89, None, None, 2052)
    '89.0\xa0% (n\xa0=\xa02,052)'
    >>> with_interval(0.921, 0.81, 0.97, 84, raw=0.702)
    '92.1\xa0% (81–97, n\xa0=\xa084, raw\xa070.2\xa0%)'
    """
    sample = f"n = {n:,}".replace(" ", "\N{NO-BREAK SPACE}")
    if raw is not None:
        sample += f", raw\N{NO-BREAK SPACE}{share(raw)}"
    if low is None or high is None:
        return f"{share(value)} ({sample})"
    return f"{share(value)} ({100 * low:.0f}–{100 * high:.0f}, {sample})"


@dataclass(frozen=True)
class Shares:
    """The headline shares of a project, as text."""

    covered: str
    conflict: str
    dev_gold: int


def shares_of(snapshot: Snapshot) -> Shares:
    """Return the headline shares of a snapshot."""
    rows = max(snapshot.n_rows, 1)
    return Shares(
        covered=share(snapshot.summary.covered_rows / rows),
        conflict=share(snapshot.summary.conflict_rows / rows),
        dev_gold=int((snapshot.dev_gold >= 0).sum()),
    )


def headline(snapshot: Snapshot) -> str:
    """Say in one line how far the functions have come."""
    shown = shares_of(snapshot)
    return (
        f"{count(snapshot.n_rows)} rows · {shown.covered} covered · {shown.conflict} in conflict"
        f" · labels right {label_accuracy(snapshot)}"
    )


def slice_count(snapshot: Snapshot, state: FunctionState | None, rows: RowSlice) -> int | None:
    """Return how many rows of a slice a function has, or all functions together; None: unknown."""
    summary = snapshot.summary
    if rows == "uncovered":
        return summary.uncovered_rows
    if state is None:
        judged = int(snapshot.error_buckets.sum())
        if rows == "wrong" and judged:
            return judged - int(snapshot.error_buckets.trace())
        return {"hits": summary.covered_rows, "conflicts": summary.conflict_rows}.get(rows)
    found = state.statistics
    if found is None:
        return None
    conflicts = round(found.conflicts * snapshot.n_rows)
    return {"hits": found.votes, "conflicts": conflicts, "wrong": found.incorrect}.get(rows)
