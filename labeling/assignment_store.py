"""What the core needs saved of who is to annotate what, as a Protocol."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from labeling.draws import Draw


@dataclass(frozen=True)
class SavedLease:
    """The rows that wait in the queue of an annotator's session, until a time (UTC)."""

    annotator: str
    session: str
    rows: tuple[int, ...]
    until: datetime


@dataclass(frozen=True)
class Batch:
    """Rows that are for one annotator, in their order, and how each of them was drawn."""

    number: int
    annotator: str
    rows: tuple[int, ...]
    draws: tuple[Draw | None, ...]
    sampler: str
    author: str
    at: datetime


class AssignmentStore(Protocol):
    """What a store keeps of assignments. Every method may be called from any thread."""

    def leases(self) -> tuple[SavedLease, ...]:
        """Return the leases that were saved last, of each queue one; they may have ended."""
        ...

    def save_lease(self, lease: SavedLease) -> "Future[None]":
        """Save a lease in place of the queue's last one; the future ends once it is on disk.

        Leases are saved in the order of the calls. Those that ended before now go.
        """
        ...

    def given_batches(self) -> tuple[Batch, ...]:
        """Return the batches that were given and not taken back, oldest first."""
        ...

    def save_batch(
        self,
        annotator: str,
        rows: tuple[int, ...],
        draws: tuple[Draw | None, ...],
        sampler: str,
        author: str = "",
    ) -> Batch:
        """Save a batch; return it with its number."""
        ...

    def take_back_batch(self, number: int, author: str = "") -> None:
        """Record that a batch is taken back."""
        ...
