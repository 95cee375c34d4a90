"""How long rows take, measured so that the run does not notice.

A clock around every row would cost more than many a function. So one row in `spacing` is timed
exactly, which gives the median and the 95th percentile, and slow rows are caught by the ticks of
the row timer, which come whether or not a row is timed.

A tick can come between any two steps of the code here, also while it notes a row. So a note only
appends to a list, which is one step, and notes are looked through by the run itself.
"""

import time
from collections.abc import Callable, Sequence

from labeling.execution.row import Row
from labeling.runs import RowTimes, SlowRow

SPACING = 128
FIRST_SPACING = 16
"""Of the first chunk more rows are timed: most projects and previews have no second one."""
KEPT_SLOW_ROWS = 10
MOST_NOTES = 4096
"""With more, all but those of the slowest rows are dropped."""

_Note = tuple[int, float]
"""The position of a row, and how many seconds it took."""


class RowClock:
    """Collects the times of single rows; row ids count from `start`."""

    def __init__(self, vote: Callable[[Row], object], start: int) -> None:
        self._vote = vote
        self._start = start
        self._sampled: list[float] = []
        self._notes: list[_Note] = []

    def timed_vote(self, row: Row) -> object:
        """Vote on one row, and note how long that took."""
        began = time.perf_counter()
        try:
            return self._vote(row)
        finally:
            seconds = time.perf_counter() - began
            self._sampled.append(seconds)
            self.note(row._position, seconds)
            if len(self._notes) > MOST_NOTES:
                notes, self._notes = self._notes, []
                self._notes += _slowest(notes)

    def note(self, position: int, seconds: float) -> None:
        """Note a row that may be among the slowest; signal handlers may, too."""
        self._notes.append((position, seconds))

    def times(self) -> RowTimes | None:
        """Return what is known, None before the first timed row."""
        if not self._sampled:
            return None
        seconds = sorted(self._sampled)
        return RowTimes(
            timed=len(self._sampled),
            p50=_percentile(seconds, 50),
            p95=_percentile(seconds, 95),
            slowest=tuple(
                SlowRow(self._start + row, seconds) for row, seconds in _slowest(self._notes)
            ),
        )


def _slowest(notes: Sequence[_Note]) -> list[_Note]:
    """Return the slowest rows, the slowest first, each with its longest time."""
    longest: dict[int, float] = {}
    for position, seconds in notes:
        longest[position] = max(seconds, longest.get(position, 0.0))
    return sorted(longest.items(), key=lambda note: -note[1])[:KEPT_SLOW_ROWS]


def _percentile(ascending: Sequence[float], percent: int) -> float:
    """Return a percentile as numpy does, between two values in proportion.

    numpy itself would import more when it is first asked, and the author's code, which may have
    changed what can be imported, has run by then.

    >>> _percentile([1.0, 2.0, 4.0], 75)
    3.0
    """
    place, rest = divmod((len(ascending) - 1) * percent, 100)
    low, high = ascending[place], ascending[min(place + 1, len(ascending) - 1)]
    return low + (high - low) * rest / 100
