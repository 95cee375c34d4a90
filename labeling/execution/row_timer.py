"""Raises in the author's code when one row takes too long, at no cost to the rows that do not.

A repeating timer looks at the votes: they are written in row order, so the first one missing is
the row being run. If that is the row it was at `row_seconds` ago, the handler raises, and raises
again at every tick while the code swallows it. Code that never returns to the interpreter is left
to the server, which watches the same file from outside.
"""

import mmap
import os
import signal
import time
from collections.abc import Callable
from types import CodeType, FrameType

from labeling.runs import NOT_RUN

NOT_RUN_BYTE = bytes([NOT_RUN & 0xFF])
LONGEST_TICK = 0.02
"""Also the time from which a row is noticed as slow."""


class RowTimeout(BaseException):
    """One row took too long; no Exception, so that `except Exception` does not swallow it."""


class RowTimer:
    """Watches the rows of one run from a signal handler.

    While `paused`, and while the interrupted frame runs code of `ours`, nothing is raised: that
    time is not the author's. `note_slow(row, seconds)` is told of rows longer than a tick.
    """

    def __init__(
        self,
        votes: mmap.mmap,
        row_seconds: float,
        ours: frozenset[CodeType],
        note_slow: Callable[[int, float], None],
    ) -> None:
        self._votes = votes
        self._row_seconds = row_seconds
        self._ours = ours
        self._note_slow = note_slow
        self._row = -1
        self._since = 0.0
        self._interval = min(row_seconds / 4, LONGEST_TICK)
        self._last = 0.0
        self._server = os.getppid()
        self.paused = False

    def start(self) -> None:
        """Begin to watch."""
        self._last = time.monotonic()
        signal.signal(signal.SIGALRM, self._tick)
        signal.setitimer(signal.ITIMER_REAL, self._interval, self._interval)

    def stop(self) -> None:
        """Stop watching."""
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _tick(self, _signal: int, frame: FrameType | None) -> None:
        if os.getppid() != self._server:  # nobody waits for these votes any more
            os._exit(1)
        row = self._votes.find(NOT_RUN_BYTE, max(self._row, 0))
        now = time.monotonic()
        due, self._last = self._last + self._interval, now
        if self.paused or row >= len(self._votes) - 1:
            self._row, self._since = row, now
            return
        is_same = row == self._row
        if not is_same:
            # A tick that comes late was held up by C code, in the row that is being run.
            self._row, self._since = row, min(due, now)
        seconds = now - self._since
        if seconds >= self._interval and not self._is_ours(frame):
            self._note_slow(row, seconds)
        if is_same and seconds >= self._row_seconds and not self._is_ours(frame):
            raise RowTimeout(f"took longer than {self._row_seconds:g} s")

    def _is_ours(self, frame: FrameType | None) -> bool:
        return frame is None or frame.f_code in self._ours
