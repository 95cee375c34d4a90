"""Differences of figures: a sign always, and green or red where more is better or worse."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from labeling.analysis import FunctionStatistics
from labeling.last_change import LastChange

Better = Literal["more", "less", "neither"]
GREEN, RED = "green", "red"
_LEAST_POINTS = 0.05
"""What rounds to 0.0 is no difference."""

_FIGURES: tuple[tuple[str, str, Better], ...] = (
    ("coverage", "coverage", "more"),
    ("conflicts", "conflicts", "less"),
    ("overlaps", "overlaps", "neither"),
    ("accuracy", "accuracy", "more"),
)


def points(now: float | None, before: float | None) -> str:
    """Return how many points of a percent a share rose or fell, "" where it did not.

    >>> points(0.423, 0.419), points(0.1, 0.125), points(0.1, 0.1), points(0.1, None)
    ('+0.4', '−2.5', '', '')
    """
    if now is None or before is None or abs(now - before) * 100 < _LEAST_POINTS:
        return ""
    return f"{100 * (now - before):+.1f}".replace("-", "\N{MINUS SIGN}")


def color_of(said: str, better: Better) -> str | None:
    """Return the colour of a difference, None where it is neither good nor bad.

    >>> color_of("+0.4", "less"), color_of("", "more")
    ('red', None)
    """
    if not said or better == "neither":
        return None
    return GREEN if said.startswith("+") == (better == "more") else RED


def in_color(now: FunctionStatistics, before: FunctionStatistics) -> str:
    """Return the differences of a function's figures as one line of Markdown, "" without any."""
    return _line(
        "Against the saved version",
        [
            (title, points(getattr(now, name), getattr(before, name)), better)
            for title, name, better in _FIGURES
        ],
    )


def moved_line(changed: LastChange | None) -> None:
    """Draw how the figures of all functions together moved with the last change, if they did."""
    if changed is None:
        return
    line = _line(
        "Since the last change",
        [
            ("covered", points(changed.covered, 0.0), "more"),
            ("in conflict", points(changed.conflicts, 0.0), "less"),
            ("labels right", points(changed.accuracy, 0.0), "more"),
        ],
    )
    if line:
        st.markdown(line)


def _line(since: str, moved: Sequence[tuple[str, str, Better]]) -> str:
    """Return what moved as Markdown.

    >>> _line("Since then", [("covered", "+3.1", "more"), ("in conflict", "", "less")])
    'Since then, in points: covered :green[+3.1]'
    """
    said = []
    for title, change, better in moved:
        color = color_of(change, better)
        if change:
            said.append(f"{title} {f':{color}[{change}]' if color else change}")
    return f"{since}, in points: {', '.join(said)}" if said else ""
