"""Who gets which row to annotate: each row as often as wanted, and nobody a row twice.

A row is wanted from one annotator, and of a share of the rows from several, whose agreement can
then be measured. Which rows these are is drawn once and for all by the number of the row, so that a
larger share holds the rows of a smaller one. A row that waits in somebody's queue is leased to that
queue (`labeling.leases`).
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from labeling.answers import Answers
from labeling.errors import ProjectError
from labeling.leases import Holder, Leases
from labeling.store import Store

MOST_ANNOTATORS = 50
MOST_CHECKS = 0.5
_ANNOTATORS, _SHARE, _CHECKS = "overlap_annotators", "overlap_share", "check_share"
Mask = npt.NDArray[np.bool_]
RowIds = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Overlap:
    """On `share` of the rows, labels of `annotators` people are wanted; on the others one."""

    annotators: int = 1
    share: float = 0.0

    def wanted(self, n_rows: int) -> npt.NDArray[np.int64]:
        """Return how many people each row is wanted from, int64 (n,)."""
        if self.annotators == 1 or self.share == 0:
            return np.ones(n_rows, dtype=np.int64)
        return np.where(_place(n_rows) < self.share, self.annotators, 1)


class Assignments:
    """Grants rows to the queues of a project's annotators. Used from any thread."""

    def __init__(
        self, store: Store, answers: Answers, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._answers, self._clock = store, answers, clock
        self._lock = threading.Lock()
        self._leases = Leases(store, clock)

    def overlap(self) -> Overlap:
        """Return from how many people rows are wanted."""
        annotators, share = self._store.setting(_ANNOTATORS), self._store.setting(_SHARE)
        return Overlap(int(annotators or 1), float(share or 0.0))

    def set_overlap(self, overlap: Overlap, author: str = "") -> None:
        """Want rows from so many people from now on; labels that are there stay.

        Raises:
            ProjectError: the number of annotators or the share is out of range.
        """
        if not 1 <= overlap.annotators <= MOST_ANNOTATORS:
            raise ProjectError(
                f"Rows cannot be wanted from {overlap.annotators} annotators.",
                remedy=f"Give a number from 1 to {MOST_ANNOTATORS}.",
            )
        if not 0 <= overlap.share <= 1:
            raise ProjectError(
                f"{overlap.share} is no share of the rows.", remedy="Give a number from 0 to 1."
            )
        before = self.overlap()
        if overlap.annotators != before.annotators:
            self._store.save_setting(_ANNOTATORS, str(overlap.annotators), author)
        if overlap.share != before.share:
            self._store.save_setting(_SHARE, str(overlap.share), author)

    def check_share(self) -> float:
        """Return which share of a queue is rows with known gold, which check the annotator."""
        return float(self._store.setting(_CHECKS) or 0.0)

    def set_check_share(self, share: float, author: str = "") -> None:
        """Mix rows with known gold into the queues from now on, so many of all rows.

        Raises:
            ProjectError: the share is out of range.
        """
        if not 0 <= share <= MOST_CHECKS:
            raise ProjectError(
                f"{share} cannot be the share of rows that check annotators.",
                remedy=f"Give a number from 0 to {MOST_CHECKS}.",
            )
        if share != self.check_share():
            self._store.save_setting(_CHECKS, str(share), author)

    def closed(self, holder: Holder, checks: Mask | None = None) -> Mask:
        """Return which rows the holder is not to annotate, bool (n,).

        They are answered by the same annotator, or answered by or leased to as many others as are
        wanted. `checks` bool (c,), c <= n: rows that are wanted from everybody.
        """
        with self._lock:
            return self._closed(holder, checks)

    def keep(self, holder: Holder, waiting: Sequence[int], checks: Mask | None = None) -> list[int]:
        """Return which of the rows that wait in a queue its holder is still to annotate.

        Their lease is renewed in time, so that it lasts as long as the holder is at work.
        """
        with self._lock:
            closed = self._closed(holder, checks)
            wanted = [row_id for row_id in waiting if not closed[row_id]]
            if self._leases.is_fresh(holder, wanted):
                return wanted
            saved = self._leases.take(holder, wanted)
        saved.result()
        return wanted

    def grant(
        self,
        holder: Holder,
        waiting: RowIds,
        choose: Callable[[Mask], RowIds],
        checks: Mask | None = None,
    ) -> RowIds:
        """Return rows that `choose` takes from those that are not closed, and lease them.

        The leases of the rows that are `waiting` in the holder's queue are renewed; the holder's
        other leases end. Where nothing is left, rows of the same annotator's other queues are:
        who loads the page anew has a new queue, and the old one is nobody's any more. Leases are
        saved before this returns, so that a server that starts anew knows them.
        """
        with self._lock:
            closed = self._closed(holder, checks)
            closed[waiting] = True
            chosen = choose(closed)
            if chosen.size + waiting.size == 0:
                chosen = choose(self._closed(holder, checks, takes_over=True))
            saved = self._leases.take(holder, (*waiting.tolist(), *chosen.tolist()))
        # Outside of the lock: others need not wait for the disk.
        saved.result()
        return chosen

    def _closed(self, holder: Holder, checks: Mask | None, *, takes_over: bool = False) -> Mask:
        n_rows = self._store.row_count()
        leased = self._leases.of_others(holder)
        own_elsewhere = leased.pop(holder.annotator, set())
        standing = self._answers.standing(holder.annotator, n_rows, leased)
        full = standing.taken >= self.overlap().wanted(n_rows)
        if checks is not None:
            full[: checks.size] &= ~checks
        closed = standing.finished | full
        if not takes_over:
            closed[list(own_elsewhere - self._leases.of(holder))] = True
        return closed


@lru_cache(maxsize=2)
def _place(n_rows: int) -> npt.NDArray[np.float64]:
    """Return for each row a number in [0, 1) that looks drawn at random (Steele et al. 2014)."""
    mixed = (np.arange(n_rows, dtype=np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
