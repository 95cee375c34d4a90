"""What counts as a row's time, with clocks that are set by hand."""

import mmap
import signal
import sys
from collections.abc import Iterator

import pytest

from labeling.execution import row_timer
from labeling.execution.row_timer import LONGEST_TICK, NOT_RUN_BYTE, RowTimeout, RowTimer


class Clocks:
    """The time of day and the processor time that the process has had."""

    def __init__(self) -> None:
        self.day = self.processor = 0.0

    def monotonic(self) -> float:
        """Return the time of day."""
        return self.day

    def process_time(self) -> float:
        """Return the processor time."""
        return self.processor


class Ticking:
    """A timer at its first row, of three, that may take half a second."""

    def __init__(self, clocks: Clocks) -> None:
        self.votes = mmap.mmap(-1, 4)
        self.votes[:] = NOT_RUN_BYTE * 4
        self.slow: list[tuple[int, float]] = []
        self._clocks = clocks
        self._timer = RowTimer(
            self.votes, 0.5, frozenset(), lambda row, seconds: self.slow.append((row, seconds))
        )
        self._timer.start()
        signal.setitimer(signal.ITIMER_REAL, 0)  # the test ticks
        self.tick(LONGEST_TICK)

    def tick(self, passed: float, worked: float = 0.0) -> None:
        """Let time go by, then tick."""
        self._clocks.day += passed
        self._clocks.processor += worked
        self._timer._tick(signal.SIGALRM, sys._getframe())


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ticking]:
    """A timer that ticks when it is told to."""
    clocks = Clocks()
    monkeypatch.setattr(row_timer, "time", clocks)
    before = signal.getsignal(signal.SIGALRM)
    yield Ticking(clocks)
    signal.signal(signal.SIGALRM, before)


def test_a_process_that_stood_still_was_not_too_slow(ticking: Ticking) -> None:
    """A busy machine let it wait for ten seconds; the row had one interval of them."""
    ticking.tick(10.0)
    assert ticking.slow == [(0, LONGEST_TICK)]


@pytest.mark.parametrize("row", [0, 1])
def test_code_that_holds_the_tick_up_has_used_the_processor(ticking: Ticking, row: int) -> None:
    """Its row is slow by what it worked, whether it began before the last tick or after it."""
    ticking.votes[:row] = b"\1" * row
    ticking.tick(10.0, worked=0.3)
    assert ticking.slow == [(row, pytest.approx(0.3 - row * LONGEST_TICK))]


def test_a_row_that_works_too_long_is_stopped(ticking: Ticking) -> None:
    """At the first tick after its limit."""
    with pytest.raises(RowTimeout, match=r"longer than 0\.5 s"):
        ticking.tick(0.6, worked=0.6)


def test_a_row_that_sleeps_too_long_is_stopped(ticking: Ticking) -> None:
    """It uses no processor, but is there at every tick."""
    for _ in range(24):
        ticking.tick(LONGEST_TICK)
    with pytest.raises(RowTimeout):
        ticking.tick(LONGEST_TICK)
        ticking.tick(LONGEST_TICK)


def test_the_next_row_begins_anew(ticking: Ticking) -> None:
    """What the row before it took is not its own."""
    ticking.tick(0.4, worked=0.4)
    ticking.votes[:1] = b"\1"
    ticking.tick(LONGEST_TICK)
    ticking.tick(0.4, worked=0.4)
    assert [row for row, _ in ticking.slow] == [0, 1]
