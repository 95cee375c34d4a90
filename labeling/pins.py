"""Tests of a function: rows pinned to it with the vote they should get.

They are checked from the votes at hand, so a check runs nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from labeling.errors import ProjectError
from labeling.export_functions import FunctionExport, export_functions
from labeling.past import Pin
from labeling.runs import NOT_RUN
from labeling.snapshot import Snapshot
from labeling.store import Store
from labeling.votes import ABSTAIN, Votes


@dataclass(frozen=True)
class PinResult:
    """A pinned row and the vote it gets: a class code, ABSTAIN, ERROR or NOT_RUN.

    `vote` is None where the function has not run on the row yet.
    """

    pin: Pin
    vote: int | None

    @property
    def passed(self) -> bool | None:
        """Whether the vote is the one that the row should get; None where it is not known."""
        return None if self.vote is None else self.vote == self.pin.code


class Pins:
    """The rows pinned to a project's functions. Used from any thread."""

    def __init__(self, store: Store, snapshot: Callable[[], Snapshot]) -> None:
        self._store = store
        self._snapshot = snapshot

    def pin(self, function: str, row_id: int, code: int, author: str = "") -> None:
        """Pin a row to a function; `code` is a class code or ABSTAIN.

        Raises:
            ProjectError: there is no such function, row or class, or it is a test row.
        """
        names = [one.name for one in self._store.functions()]
        if function not in names:
            raise ProjectError(f"There is no labeling function {function!r}.", choices=names)
        snapshot = self._snapshot()
        if not 0 <= row_id < snapshot.n_rows:
            raise ProjectError(
                f"There is no row {row_id}.", remedy=f"Rows go from 0 to {snapshot.n_rows - 1}."
            )
        if snapshot.is_test[row_id]:
            raise ProjectError(
                f"Row {row_id} is locked away for test.",
                remedy="Functions may be tuned on other rows only: pin one of those.",
            )
        if code != ABSTAIN and not 0 <= code < len(snapshot.classes):
            raise ProjectError(f"There is no class number {code}.", choices=snapshot.classes)
        self._store.save_pin(function, row_id, code, author)

    def unpin(self, function: str, row_id: int, author: str = "") -> None:
        """Let a pinned row go; where it is not pinned, nothing changes."""
        self._store.save_pin(function, row_id, None, author)

    def move(self, before: str, after: str, author: str = "") -> None:
        """Pin to `after` what is pinned to `before`: the function was renamed."""
        for pin in self._of(before):
            self._store.save_pin(after, pin.row_id, pin.code, author)
            self._store.save_pin(before, pin.row_id, None, author)

    def check(self, function: str) -> tuple[PinResult, ...]:
        """Return how the saved function votes on its pinned rows, failures first."""
        return _checked(self._of(function), self._votes_of(function))

    def check_votes(self, function: str, votes: Votes) -> tuple[PinResult, ...]:
        """Return the same for votes on the first rows, int8 (n,), such as those of a preview.

        Where they are NOT_RUN, how the function votes is not known.
        """
        return _checked(self._of(function), votes, unknown=NOT_RUN)

    def rows_of(self, function: str) -> tuple[int, ...]:
        """Return the ids of the rows pinned to a function, ascending."""
        return tuple(sorted(pin.row_id for pin in self._of(function)))

    def check_all(self) -> dict[str, tuple[PinResult, ...]]:
        """Return the results of every function that has pinned rows, in the order of functions."""
        pinned = self._store.pins()
        found = {
            function.name: tuple(pin for pin in pinned if pin.function == function.name)
            for function in self._store.functions()
        }
        return {name: _checked(pins, self._votes_of(name)) for name, pins in found.items() if pins}

    def export(self, folder: Path) -> FunctionExport:
        """Write the functions as plain Python with pytest tests of their pinned rows."""
        return export_functions(self._store, folder)

    def _votes_of(self, function: str) -> Votes | None:
        """Return the votes of what is saved now, None where it has not run to its end yet."""
        snapshot = self._snapshot()
        state = snapshot.state(function)
        ran = state is not None and state.status in ("ready", "errors")
        if state is None or not ran or state.function not in self._store.functions():
            return None
        return snapshot.matrix.column(function) if function in snapshot.matrix.names else None

    def _of(self, function: str) -> tuple[Pin, ...]:
        return tuple(pin for pin in self._store.pins() if pin.function == function)


def vote_name(vote: int | None, classes: tuple[str, ...]) -> str:
    """Name a vote: a class, "abstain", or why there is none."""
    if vote is None:
        return "not run yet"
    if vote == ABSTAIN:
        return "abstain"
    return classes[vote] if 0 <= vote < len(classes) else "an error"


def _checked(
    pins: tuple[Pin, ...], votes: Votes | None, unknown: int | None = None
) -> tuple[PinResult, ...]:
    results = []
    for pin in pins:
        reached = votes is not None and pin.row_id < votes.size
        vote = int(votes[pin.row_id]) if votes is not None and reached else None
        results.append(PinResult(pin, None if vote == unknown else vote))
    return tuple(sorted(results, key=lambda one: (one.passed is not False, one.pin.row_id)))
