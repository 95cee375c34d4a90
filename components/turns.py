"""Pages that draw at the same moment take turns, for together they would all be late.

A change makes every open page run at once. Python runs one thread at a time, so all of
them would be done only when the last one is, and each would keep stopping the others at Streamlit's
locks: twenty Dashboards together took 1.7 s, one after the other they take 0.5 s (see
`benchmarks/sessions.py`).

What comes first on a page is drawn on all of them before anything that comes later. Of equal parts
the one that shows the oldest figures is next: a change is often announced twice within moments, and
in the order of asking, pages that have drawn it once would draw again before the last ones do.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

LONGEST_WAIT_SECONDS = 1.0
"""A page that is slow to draw does not keep the others waiting for longer."""

_arrivals = count()


@dataclass(order=True, frozen=True)
class _Waiting:
    """A part of a page that waits: the lowest is called first."""

    part: int
    shows: int
    arrival: int = field(default_factory=lambda: next(_arrivals))
    called: threading.Event = field(default_factory=threading.Event, compare=False)


class Turns:
    """Lets one page draw at a time, and the others wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: set[_Waiting] = set()

    @property
    def taken(self) -> bool:
        """Whether a page has its turn."""
        return self._taken

    @property
    def waiting(self) -> int:
        """How many pages wait for it."""
        return len(self._waiting)

    @contextmanager
    def turn(self, part: int = 0, shows: int = 0) -> Iterator[None]:
        """Do what follows while no other page has its turn, or after LONGEST_WAIT_SECONDS.

        Args:
            part: where this part comes on its page, 0 first.
            shows: the version of what it shows until now. Without both, as after a click, it goes
                before all others.
        """
        taken = self._take(_Waiting(part, shows))
        try:
            yield
        finally:
            if taken:
                self._give_back()

    def _take(self, waits: _Waiting) -> bool:
        """Wait for the turn; False where it took too long."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            self._waiting.add(waits)
        if waits.called.wait(LONGEST_WAIT_SECONDS):
            return True
        with self._lock:
            in_vain = waits in self._waiting  # else it was called a moment ago
            self._waiting.discard(waits)
        return not in_vain

    def _give_back(self) -> None:
        with self._lock:
            if not self._waiting:
                self._taken = False
                return
            following = min(self._waiting)
            self._waiting.remove(following)
            following.called.set()


turn = Turns().turn
"""The turns of all pages of this process."""
