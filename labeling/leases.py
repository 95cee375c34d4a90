"""Rows that wait in somebody's queue are leased to it, so that no other gets them by accident.

A lease that is not renewed ends by itself. Leases are saved, so that a server that starts anew
knows which rows wait in browsers that are still open.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from labeling.assignment_store import AssignmentStore, SavedLease

LEASE_SECONDS = 900.0
RENEW_SECONDS = 300.0
"""A lease is renewed where this much of it is over: not with every press."""


@dataclass(frozen=True)
class Holder:
    """A queue of rows: of which annotator, and in which session.

    A session has one queue, also after the annotator gave another name.
    """

    annotator: str
    session: str = ""

    def is_queue_of(self, other: "Holder") -> bool:
        """Tell whether the two are one queue."""
        return self == other or (bool(self.session) and self.session == other.session)


NOBODY = Holder("")


@dataclass(frozen=True)
class _Lease:
    """The rows of a queue, until a time of the clock."""

    rows: frozenset[int]
    until: float


class Leases:
    """The leases of a project. Whoever uses it lets one thread in at a time."""

    def __init__(
        self,
        store: AssignmentStore,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Know the leases that were saved and have not ended.

        `clock` measures time; `now` tells it to who starts anew. Where it was set back meanwhile, a
        saved lease lasts LEASE_SECONDS at most.
        """
        self._store, self._clock, self._now = store, clock, now
        self._leases: dict[Holder, _Lease] = {}
        for saved in store.leases():
            left = min((saved.until - now()).total_seconds(), LEASE_SECONDS)
            if left > 0:
                holder = Holder(saved.annotator, saved.session)
                self._leases[holder] = _Lease(frozenset(saved.rows), clock() + left)

    def of(self, holder: Holder) -> frozenset[int]:
        """Return the rows that were leased to a queue last."""
        own = (lease.rows for one, lease in self._leases.items() if one.is_queue_of(holder))
        return frozenset().union(*own)

    def of_others(self, holder: Holder) -> dict[str, set[int]]:
        """Return the rows in queues other than the holder's, by the annotator of the queue."""
        now = self._clock()
        rows: defaultdict[str, set[int]] = defaultdict(set)
        for one, lease in self._leases.items():
            if lease.until > now and not one.is_queue_of(holder):
                rows[one.annotator].update(lease.rows)
        return rows

    def take(self, holder: Holder, rows: Iterable[int]) -> "Future[None]":
        """Lease these rows to a queue and no others; the future ends once that is saved."""
        now, leased = self._clock(), frozenset(rows)
        self._leases = {
            one: lease
            for one, lease in self._leases.items()
            if lease.until > now and not one.is_queue_of(holder)
        }
        self._leases[holder] = _Lease(leased, now + LEASE_SECONDS)
        until = self._now() + timedelta(seconds=LEASE_SECONDS)
        return self._store.save_lease(
            SavedLease(holder.annotator, holder.session, tuple(sorted(leased)), until)
        )

    def is_fresh(self, holder: Holder, rows: Iterable[int]) -> bool:
        """Tell whether these rows are leased to a queue, and long enough."""
        enough = self._clock() + LEASE_SECONDS - RENEW_SECONDS
        own = [lease for one, lease in self._leases.items() if one.is_queue_of(holder)]
        fresh = frozenset[int]().union(*(lease.rows for lease in own if lease.until > enough))
        return fresh.issuperset(rows)
