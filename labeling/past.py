"""A project's past as values: what happened, who did it, and what the core needs read of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from labeling.unseen_gold import GoldAges

EventKind = Literal[
    "function", "acceptance", "annotation", "pin", "slice", "setting", "batch", "look", "import"
]

EVENT_KINDS: Mapping[EventKind, str] = {
    "function": "Functions",
    "acceptance": "Accepted errors",
    "annotation": "Labels by hand",
    "pin": "Pinned rows",
    "slice": "Slices",
    "setting": "Classes, guidelines and label model",
    "batch": "Batches",
    "look": "Looks at test gold",
    "import": "Imports",
}


@dataclass(frozen=True)
class Event:
    """One change of a project; events are only ever added.

    `event_id` is unique in the project, such as "function:12". `subject` is what changed: the name
    of a function, a row id, both of them with a line break between, a setting, or a file. `before`
    and `after` are its value, None where it had none: kind, line break and source of a function,
    the class code of a label or of a pinned vote, the text of a setting, the version that was
    accepted, the figures of a look at test gold as JSON, the rows of an import. `latest` says that
    nothing has happened to the subject since, `again` that a function or a setting was like that
    before.
    """

    event_id: str
    kind: EventKind
    action: str
    subject: str
    before: str | None
    after: str | None
    author: str
    at: datetime
    latest: bool
    again: bool


@dataclass(frozen=True)
class Pin:
    """A row that a function should vote on with this class code, or ABSTAIN."""

    function: str
    row_id: int
    code: int


@dataclass(frozen=True)
class Look:
    """One look at test gold: who, when, the figures seen as JSON, and what was changed after it.

    `edited` names the functions that were saved or removed before the next look, or until now.
    `edits` counts these changes and those of the label model, its seed, the classes and accepted
    errors; `labels` the labels by hand that were given or taken back.
    """

    author: str
    at: datetime
    figures: str
    edited: tuple[str, ...]
    edits: int
    labels: int


@dataclass(frozen=True)
class EventFilter:
    """Which events to return; empty `kinds` means all of them, None as `author` everybody."""

    kinds: tuple[EventKind, ...] = ()
    author: str | None = None
    event_id: str | None = None


@dataclass(frozen=True)
class EventPage:
    """Some of the `total` events that a filter keeps, newest first."""

    total: int
    events: tuple[Event, ...]


class PastStore(Protocol):
    """The part of a store that keeps the past. Every method may be called from any thread."""

    def events(self, wanted: EventFilter, offset: int = 0, limit: int | None = None) -> EventPage:
        """Return the changes of the project that `wanted` keeps, newest first."""
        ...

    def event_authors(self) -> tuple[str, ...]:
        """Return who changed something, sorted, without those who gave no name."""
        ...

    def withdraw_acceptance(self, version: str, author: str = "") -> None:
        """Record that a version is not accepted any more."""
        ...

    def pins(self) -> tuple[Pin, ...]:
        """Return the rows that are pinned now, by function and row."""
        ...

    def save_pin(self, function: str, row_id: int, code: int | None, author: str = "") -> None:
        """Pin a row to a function with the vote it should get; None lets it go."""
        ...

    def slices(self) -> tuple[tuple[str, str], ...]:
        """Return name and filter, as JSON, of every saved slice, by name."""
        ...

    def save_slice(self, name: str, wanted: str | None, author: str = "") -> None:
        """Save a filter, as JSON, under a name; None takes the slice away."""
        ...

    def looks(self) -> tuple[Look, ...]:
        """Return every look at test gold, oldest first."""
        ...

    def save_look(self, figures: str, author: str = "") -> None:
        """Record a look at test gold with the figures that were seen, as JSON."""
        ...

    def gold_ages(self) -> GoldAges:
        """Return when rows were first labelled, and which labels functions were saved after."""
        ...
