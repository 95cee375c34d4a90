"""What `DuckDBStore` keeps of assignments: `labeling.assignment_store` over DuckDB."""

from concurrent.futures import Future

from labeling.assignment_store import Batch, SavedLease
from labeling.draws import Draw
from storage import batches, leases
from storage.database import Database
from storage.kept import Kept


class AssignmentTables:
    """Implements `labeling.assignment_store.AssignmentStore`, from any thread."""

    _database: Database
    _batches: Kept[tuple[Batch, ...]]

    def leases(self) -> tuple[SavedLease, ...]:
        """Return the leases that were saved last, of each queue one; they may have ended."""
        return leases.leases(self._database)

    def save_lease(self, lease: SavedLease) -> "Future[None]":
        """Save a lease in place of the queue's last one; the future ends once it is on disk."""
        return leases.save_lease(self._database, lease)

    def given_batches(self) -> tuple[Batch, ...]:
        """Return the batches that were given and not taken back, oldest first."""
        return self._batches.get()

    def save_batch(
        self,
        annotator: str,
        rows: tuple[int, ...],
        draws: tuple[Draw | None, ...],
        sampler: str,
        author: str = "",
    ) -> Batch:
        """Save a batch; return it with its number."""
        try:
            return batches.save_batch(self._database, annotator, rows, draws, sampler, author)
        finally:
            self._batches.forget()

    def take_back_batch(self, number: int, author: str = "") -> None:
        """Record that a batch is taken back."""
        batches.take_back_batch(self._database, number, author)
        self._batches.forget()
