"""What `DuckDBStore` keeps of assignments: `labeling.assignment_store` over DuckDB."""

from concurrent.futures import Future

from labeling.assignment_store import SavedLease
from storage import leases
from storage.database import Database


class AssignmentTables:
    """Implements `labeling.assignment_store.AssignmentStore`, from any thread."""

    _database: Database

    def leases(self) -> tuple[SavedLease, ...]:
        """Return the leases that were saved last, of each queue one; they may have ended."""
        return leases.leases(self._database)

    def save_lease(self, lease: SavedLease) -> "Future[None]":
        """Save a lease in place of the queue's last one; the future ends once it is on disk."""
        return leases.save_lease(self._database, lease)
