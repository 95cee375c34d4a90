"""Who gets which row to annotate: each row as often as wanted, and nobody a row twice.

A row is wanted from one annotator, and of a share of the rows from several, whose agreement can
then be measured. Which rows these are is drawn once and for all by the number of the row, so that a
larger share holds the rows of a smaller one. A row that waits in somebody's queue is leased to that
queue (`labeling.leases`), and some rows are for one person alone (`labeling.batches`).
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from labeling.answers import Answers
from labeling.assignment_store import Batch
from labeling.batches import Batches, BatchProgress, first_of
from labeling.draws import Draw
from labeling.errors import ProjectError
from labeling.leases import Holder, Leases
from labeling.sampling.queue import DrawnRow
from labeling.store import Store

QUEUE = "queue"
"""Under this name those who annotate are told that they are to look at their queues anew."""
MOST_ANNOTATORS = 50
MOST_CHECKS = 0.5
_ANNOTATORS, _SHARE, _CHECKS = "overlap_annotators", "overlap_share", "check_share"
_PAUSED = "queue_paused"
_UNDER_THE_FINGER = 3
"""So many rows of a queue may be on a screen, or answered there and on their way."""
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
        self,
        store: Store,
        answers: Answers,
        clock: Callable[[], float] = time.monotonic,
        tell: Callable[[int], None] = lambda version: None,
    ) -> None:
        """`tell` is told a higher number whenever queues have to be looked at anew."""
        self._store, self._answers, self._tell = store, answers, tell
        self._batches = Batches(store, answers)
        # Of a server that starts anew it is higher than of the one before.
        self._version = int(time.time())
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
        if overlap != before:
            self.changed()

    def version(self) -> int:
        """Return a number that is higher after each change of what is wanted of annotators."""
        return self._version

    def changed(self) -> None:
        """Let those who annotate look at their queues anew."""
        with self._lock:
            self._version += 1
            version = self._version
        self._tell(version)

    def paused(self) -> bool:
        """Whether nobody gets rows at the moment; answers that come are saved all the same."""
        return self._store.setting(_PAUSED) is not None

    def pause(self, author: str = "") -> None:
        """Give out no rows until `resume`."""
        if not self.paused():
            self._store.save_setting(_PAUSED, "paused", author)
            self.changed()

    def resume(self, author: str = "") -> None:
        """Give out rows again."""
        if self.paused():
            self._store.save_setting(_PAUSED, None, author)
            self.changed()

    def give_batch(
        self,
        annotator: str,
        draw: Callable[[Mask], Sequence[DrawnRow]],
        sampler: str,
        author: str = "",
    ) -> Batch:
        """Give a person rows that nobody else gets; `draw` takes them from those not closed.

        Rows that wait in somebody else's queue, or in a batch, are closed.

        Raises:
            ProjectError: no row is left, or the name is nobody's.
        """
        annotator = annotator.strip()
        with self._lock:
            closed = self._closed(Holder(annotator), None, takes_over=True)
            for other, rows in self._leases.of_others(Holder(annotator)).items():
                closed[list(rows)] |= other != annotator
            closed[list(self._batches.of(annotator))] = True
            batch = self._batches.give(annotator, draw(closed), sampler, author)
        self.changed()
        return batch

    def take_back(self, number: int, author: str = "") -> Batch:
        """Let the rows of a batch that are not answered go to the open queue."""
        with self._lock:
            batch = self._batches.take_back(number, author)
        self.changed()
        return batch

    def batch_progress(self) -> tuple[BatchProgress, ...]:
        """Return how far each batch is, oldest first."""
        with self._lock:
            return self._batches.progress(
                lambda annotator: self._closed(Holder(annotator), None, takes_over=True)
            )

    def batch_draws(self, annotator: str) -> dict[int, Draw | None]:
        """Return the rows of a person's batches, and how they were drawn."""
        return self._batches.of(annotator)

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

        Their lease is renewed in time, so that it lasts as long as the holder is at work. Where a
        batch came for the holder, rows of the open queue go.
        """
        with self._lock:
            closed = self._closed(holder, checks)
            wanted = [row_id for row_id in waiting if not closed[row_id]]
            batch = self._own_batch(holder, closed)
            if not set(wanted).issuperset(batch) and not self.paused():
                own = self._batches.of(holder.annotator)
                wanted = first_of(wanted, own, _UNDER_THE_FINGER)
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
        most: int | None = None,
    ) -> RowIds:
        """Return rows that `choose` takes from those that are not closed, and lease them.

        Rows of the holder's batches come before, `most` of them, and `choose` is not asked; while
        the queue is paused there are none. The leases of the rows that are `waiting` in the
        holder's queue are renewed; the holder's other leases end. Where nothing is left, rows of
        the same annotator's other queues are: who loads the page anew has a new queue, and the old
        one is nobody's any more. Leases are saved before this returns, so that a server that starts
        anew knows them.
        """
        with self._lock:
            chosen = self._chosen(holder, waiting, choose, checks)[:most]
            saved = self._leases.take(holder, (*waiting.tolist(), *chosen.tolist()))
        # Outside of the lock: others need not wait for the disk.
        saved.result()
        return chosen

    def _chosen(
        self, holder: Holder, waiting: RowIds, choose: Callable[[Mask], RowIds], checks: Mask | None
    ) -> RowIds:
        nothing = np.empty(0, dtype=np.int64)
        if self.paused():
            return nothing
        closed = self._closed(holder, checks)
        closed[waiting] = True
        batch = self._own_batch(holder, closed)
        if not batch and self._batches.of(holder.annotator):
            # What waits in the person's other queue is in this one, too, rather than in none.
            everywhere = self._closed(holder, checks, takes_over=True)
            everywhere[waiting] = True
            batch = self._own_batch(holder, everywhere)
        if batch:
            return np.array(batch, dtype=np.int64)
        chosen = choose(closed)
        if chosen.size + waiting.size == 0:
            chosen = choose(self._closed(holder, checks, takes_over=True))
        return chosen

    def _own_batch(self, holder: Holder, closed: Mask) -> list[int]:
        """Return the rows of the holder's batches that are not closed, in their order."""
        return [row_id for row_id in self._batches.of(holder.annotator) if not closed[row_id]]

    def _closed(self, holder: Holder, checks: Mask | None, *, takes_over: bool = False) -> Mask:
        n_rows = self._store.row_count()
        leased = self._leases.of_others(holder)
        own_elsewhere = leased.pop(holder.annotator, set())
        batches = self._batches.of_others(holder.annotator)
        standing = self._answers.standing(holder.annotator, n_rows, leased, batches)
        full = standing.taken >= self.overlap().wanted(n_rows)
        if checks is not None:
            full[: checks.size] &= ~checks
        closed = standing.finished | full | standing.reserved
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
