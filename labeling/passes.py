"""Which passes over a project were asked for, and which are answered.

Whoever changes something asks for a pass; what was asked for before a pass began is answered when
it ends. After a pass there is a rest, which whoever is in a hurry cuts short.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Passes:
    """Counts passes; used from any thread. `busy` tells of work that goes on between them."""

    def __init__(self, lock: threading.RLock, busy: Callable[[], bool]) -> None:
        self._state = threading.Condition(lock)
        self._busy = busy
        self._asked = self._answered = self._answering_for = 0
        self._hurried_for = 0
        self._rests_until = 0.0
        self._stopping = False

    def ask(self, *, hurry: bool = True) -> None:
        """Note that a pass is due; without hurry it follows a rest."""
        with self._state:
            self._asked += 1
            if hurry:
                self._hurried_for = self._asked
            self._state.notify_all()

    def stop(self) -> None:
        """Let nobody wait for another pass."""
        with self._state:
            self._stopping = True
            self._state.notify_all()

    def is_idle(self) -> bool:
        """Whether everything asked for is done."""
        with self._state:
            return self._answered >= self._asked and not self._busy()

    def is_idle_and_goes_on(self) -> bool:
        """Whether there is nothing else to do, and nobody wants to stop."""
        return not self._stopping and self.is_idle()

    def must_give_way(self) -> bool:
        """Whether something newer is asked for than the pass under way."""
        return self._stopping or self._asked > self._answering_for

    def wait_for_next(self) -> bool:
        """Wait until a pass is due and the rest is over; False where there is none any more."""
        with self._state:
            self._state.wait_for(lambda: self._stopping or self._asked > self._answered)
            self._state.wait_for(
                lambda: self._stopping or self._hurried_for > self._answered,
                timeout=max(0.0, self._rests_until - time.monotonic()),
            )
            return not self._stopping

    def rest(self, seconds: float) -> None:
        """Rest so long before the next pass, unless it is asked for in a hurry."""
        self._rests_until = time.monotonic() + seconds

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Wait until a pass is due; what was asked for before the block is answered after it."""
        with self._state:
            self._state.wait_for(lambda: self._asked > self._answered)
            target = self._answering_for = self._asked
        yield
        with self._state:
            self._answered = target
            self._state.notify_all()

    def wait_until_idle(self, timeout: float) -> bool:
        """Wait until everything asked for so far is done; False where it took too long."""
        with self._state:
            return self._state.wait_for(self.is_idle, timeout)

    def wait_until_answered(self, enough: Callable[[], bool], timeout: float) -> None:
        """Wait until what is asked for by now is answered and `enough`, or all is done."""
        with self._state:
            asked = self._asked
            self._state.wait_for(
                lambda: (self._answered >= asked and enough()) or self.is_idle(), timeout
            )
