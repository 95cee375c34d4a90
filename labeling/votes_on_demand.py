"""What functions vote on a row that is being annotated, for whoever asks; a project can forbid it.

Votes lead an annotator who sees them before answering. So nobody gets them without asking, and
where the project wants answers from the row alone, nobody gets them at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from labeling.browse import row_views
from labeling.errors import ProjectError
from labeling.highlights import Span, highlights
from labeling.snapshot import Snapshot
from labeling.store import Store

SETTING, FORBIDDEN = "votes_on_demand", "never"


@dataclass(frozen=True)
class FunctionVote:
    """A function votes for class `code`; `spans` of the text made it, as far as that is known."""

    function: str
    code: int
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class RowVotes:
    """The votes on a row, in the order of functions; `abstain` more functions stay silent."""

    row_id: int
    votes: tuple[FunctionVote, ...]
    abstain: int


class VotesOnDemand:
    """The votes that annotators may ask for. Used from any thread."""

    def __init__(self, store: Store, snapshot: Callable[[], Snapshot]) -> None:
        self._store, self._snapshot = store, snapshot

    def allowed(self) -> bool:
        """Whether annotators may ask; they may where nobody said otherwise."""
        return self._store.setting(SETTING) != FORBIDDEN

    def allow(self, allowed: bool, author: str = "") -> None:
        """Let annotators ask from now on, or not."""
        if allowed != self.allowed():
            self._store.save_setting(SETTING, None if allowed else FORBIDDEN, author)

    def of(self, row_id: int) -> RowVotes:
        """Return the votes on a row.

        Raises:
            ProjectError: the project forbids it, or there is no such row.
        """
        if not self.allowed():
            raise ProjectError(
                "Annotators do not see votes in this project.",
                remedy="Answer from the row alone, or ask an admin to allow it on Settings.",
            )
        snapshot = self._snapshot()
        if not 0 <= row_id < snapshot.n_rows:
            raise ProjectError(f"There is no row {row_id}.", remedy="Reload the page.")
        (row,) = row_views(self._store, snapshot, np.array([row_id], dtype=np.int64))
        functions, info = self._store.functions(), self._store.info()
        votes = tuple(
            FunctionVote(name, code, highlights(functions, info, [row], name)[row_id])
            for name, code in row.votes
        )
        return RowVotes(row_id, votes, len(snapshot.matrix.names) - len(votes))
