"""What `DuckDBStore` keeps of a project's past: `labeling.past.PastStore` over DuckDB."""

from labeling.past import EventFilter, EventPage, Pin
from storage import acceptances, events, pins, slices
from storage.database import Database
from storage.kept import Kept


class PastTables:
    """Implements `labeling.past.PastStore`. Every method may be called from any thread."""

    _database: Database
    _pins: Kept[tuple[Pin, ...]]

    def events(self, wanted: EventFilter, offset: int = 0, limit: int | None = None) -> EventPage:
        """Return the changes of the project that `wanted` keeps, newest first."""
        return events.events(self._database, wanted, offset, limit)

    def event_authors(self) -> tuple[str, ...]:
        """Return who changed something, sorted, without those who gave no name."""
        return events.authors(self._database)

    def withdraw_acceptance(self, version: str, author: str = "") -> None:
        """Record that a version is not accepted any more."""
        acceptances.withdraw_acceptance(self._database, version, author)

    def pins(self) -> tuple[Pin, ...]:
        """Return the rows that are pinned now, by function and row."""
        return self._pins.get()

    def save_pin(self, function: str, row_id: int, code: int | None, author: str = "") -> None:
        """Pin a row to a function with the vote it should get; None lets it go."""
        pins.save_pin(self._database, function, row_id, code, author)
        self._pins.forget()

    def slices(self) -> tuple[tuple[str, str], ...]:
        """Return name and filter, as JSON, of every saved slice, by name."""
        return slices.slices(self._database)

    def save_slice(self, name: str, wanted: str | None, author: str = "") -> None:
        """Save a filter, as JSON, under a name; None takes the slice away."""
        slices.save_slice(self._database, name, wanted, author)
