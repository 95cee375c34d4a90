"""Work beside everything else, done once for each state: a newer wish ends an older one.

One thread works at a time. What was found is kept for the last few states, so that twenty people
who look at the same project cost as much as one.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from labeling.errors import Cancelled, LabelwrightError

log = logging.getLogger(__name__)

_KEPT = 16
T = TypeVar("T")


@dataclass(frozen=True)
class Known(Generic[T]):
    """What is known by now; `pending` where something newer is being worked on.

    `value` is then what was found for an earlier state, if anything. `problem` says why there is
    none.
    """

    value: T | None = None
    pending: bool = False
    problem: str | None = None


class Background(Generic[T]):
    """Answers at once with what is known, and calls `announce`, on any thread, when more is.

    Work begins `after` so many seconds, so that what people wait for is drawn before it.
    """

    def __init__(self, name: str, announce: Callable[[], None], after: float = 0.0) -> None:
        self._name, self._announce, self._after = name, announce, after
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, Known[T]] = OrderedDict()
        self._latest: dict[Hashable, Known[T]] = {}
        self._working: Hashable | None = None
        self._thread: threading.Thread | None = None
        self._cancelled = threading.Event()

    def ask(self, about: Hashable, key: Hashable, work: Callable[[threading.Event], T]) -> Known[T]:
        """Return what is known of `about` in the state `key`, and start `work` where it is not.

        `work` is given an event that is set when nobody wants its result any more; it may then
        raise Cancelled.
        """
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            if self._working != key:
                self._start(about, key, work)
            return Known(self._latest.get(about, Known()).value, pending=True)

    def now(self, about: Hashable, key: Hashable, work: Callable[[threading.Event], T]) -> T:
        """Return what `work` finds, in this thread if it is not known."""
        with self._lock:
            known = self._found.get(key)
        if known is not None and known.value is not None:
            return known.value
        value = work(threading.Event())
        self._keep(about, key, Known(value))
        return value

    def close(self) -> None:
        """Stop the work and wait for its end."""
        self._cancelled.set()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _start(self, about: Hashable, key: Hashable, work: Callable[[threading.Event], T]) -> None:
        self._cancelled.set()
        self._cancelled = cancelled = threading.Event()
        self._working = key
        self._thread = threading.Thread(
            target=self._work, args=(about, key, work, cancelled), name=self._name, daemon=True
        )
        self._thread.start()

    def _work(
        self,
        about: Hashable,
        key: Hashable,
        work: Callable[[threading.Event], T],
        cancelled: threading.Event,
    ) -> None:
        if cancelled.wait(self._after):
            return
        try:
            known: Known[T] = Known(work(cancelled))
        except Cancelled:
            return
        except LabelwrightError as error:
            known = Known(problem=str(error))
        except Exception as error:
            log.exception("%s failed", self._name)
            known = Known(problem=f"Labelwright failed ({type(error).__name__}); see the log.")
        if not cancelled.is_set():
            self._keep(about, key, known)
            self._announce()

    def _keep(self, about: Hashable, key: Hashable, known: Known[T]) -> None:
        with self._lock:
            self._found[key] = self._latest[about] = known
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
            if self._working == key:
                self._working = None
