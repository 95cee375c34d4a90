"""Raises in the author's code when one row takes too long, at no cost to the rows that do not.

A repeating timer looks at the votes: they are written in row order, so the first one missing is
the row being run. If that is the row it was at `row_seconds` ago, the handler raises, and raises
again at every tick while the code swallows it. Code that never returns to the interpreter is left
to the server, which watches the same file from outside.

A tick comes late where C code holds it up, which takes processor time, or where the machine is busy
and the process stood still, which does not and is not the row's time.
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
        self._spent = 0.0
        self._interval = min(row_seconds / 4, LONGEST_TICK)
        self._last = 0.0
        self._last_used = 0.0
        self._server = os.getppid()
        self.paused = False

    def start(self) -> None:
        """Begin to watch."""
        self._last, self._last_used = time.monotonic(), time.process_time()
        signal.signal(signal.SIGALRM, self._tick)
        signal.setitimer(signal.ITIMER_REAL, self._interval, self._interval)

    def stop(self) -> None:
        """Stop watching."""
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _tick(self, _signal: int, frame: FrameType | None) -> None:
        if os.getppid() != self._server:  # nobody waits for these votes any more
            os._exit(1)
        row = self._votes.find(NOT_RUN_BYTE, max(self._row, 0))
        lived = self._lived()
        if self.paused or row >= len(self._votes) - 1:
            self._row, self._spent = row, 0.0
            return
        is_same = row == self._row
        if is_same:
            self._spent += lived
        else:
            # A tick that comes late was held up by C code, in the row that is being run.
            self._row, self._spent = row, lived - min(lived, self._interval)
        if self._spent >= self._interval and not self._is_ours(frame):
            self._note_slow(row, self._spent)
        if is_same and self._spent >= self._row_seconds and not self._is_ours(frame):
            raise RowTimeout(f"took longer than {self._row_seconds:g} s")

    def _lived(self) -> float:
        """Return the seconds since the last tick, without those in which the process stood still.

        A function that sleeps is woken by every tick; between two of them it has one interval.
        """
        now, used = time.monotonic(), time.process_time()
        passed, worked = now - self._last, used - self._last_used
        self._last, self._last_used = now, used
        return min(passed, max(worked, self._interval))

    def _is_ours(self, frame: FrameType | None) -> bool:
        return frame is None or frame.f_code in self._ours
