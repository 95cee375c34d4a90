"""What the core needs saved of who is to annotate what, as a Protocol."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class SavedLease:
    """The rows that wait in the queue of an annotator's session, until a time (UTC)."""

    annotator: str
    session: str
    rows: tuple[int, ...]
    until: datetime


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
