"""What `DuckDBStore` keeps of a project's past: `labeling.past.PastStore` over DuckDB."""

from labeling.past import EventFilter, EventPage, Look, Pin
from labeling.store import Acceptance
from labeling.unseen_gold import GoldAges
from storage import acceptances, events, looks, pins, slices
from storage.database import Database
from storage.gold_seen import FirstLabels
from storage.kept import Kept


class PastTables:
    """Implements `labeling.past.PastStore`. Every method may be called from any thread."""

    _database: Database
    _pins: Kept[tuple[Pin, ...]]
    _acceptances: Kept[dict[str, Acceptance]]
    _first_labels: Kept[FirstLabels]
    _seen_labels: Kept[dict[str, int]]

    def events(self, wanted: EventFilter, offset: int = 0, limit: int | None = None) -> EventPage:
        """Return the changes of the project that `wanted` keeps, newest first."""
        return events.events(self._database, wanted, offset, limit)

    def event_authors(self) -> tuple[str, ...]:
        """Return who changed something, sorted, without those who gave no name."""
        return events.authors(self._database)

    def withdraw_acceptance(self, version: str, author: str = "") -> None:
        """Record that a version is not accepted any more."""
        acceptances.withdraw_acceptance(self._database, version, author)
        self._acceptances.forget()

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

    def looks(self) -> tuple[Look, ...]:
        """Return every look at test gold, oldest first, with what was changed after it."""
        return looks.looks(self._database)

    def save_look(self, figures: str, author: str = "") -> None:
        """Record a look at test gold with the figures that were seen, as JSON."""
        looks.save_look(self._database, figures, author)

    def gold_ages(self) -> GoldAges:
        """Return when rows were first labelled, and which labels functions were saved after."""
        first = self._first_labels.get()
        return GoldAges(first.row_ids, first.numbers, self._seen_labels.get())
