"""How often each `return` of a Python function gives the answer, and how often that is right.

A function with several branches is several ideas under one name; this tells them apart.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from labeling.browse import RowSet
from labeling.errors import FunctionError
from labeling.functions import LabelingFunction
from labeling.intervals import wilson
from labeling.kinds.python import known_returns
from labeling.return_store import ReturnStore
from labeling.runs import Job
from labeling.snapshot import FunctionState, Snapshot
from labeling.votes import Votes

_KEPT_FUNCTIONS = 32


@dataclass(frozen=True, eq=False)
class ReturnStatistics:
    """The returns on one line of a function's source, of which there is mostly one.

    `answered` counts the rows whose answer it gave, `votes` those on which that was no abstain;
    `coverage` is their share of all rows. Accuracy is on dev gold, with its 95 % interval: NaN
    without gold. `rows` are those it votes on; of one that never votes, those it answered.
    """

    line: int
    answered: int
    votes: int
    coverage: float
    correct: int
    incorrect: int
    accuracy: float
    accuracy_low: float
    accuracy_high: float
    rows: RowSet


def notes_returns(function: LabelingFunction) -> bool:
    """Say whether a run of this function can tell its returns apart."""
    try:
        return function.kind == "python" and known_returns(function) is not None
    except FunctionError:  # the run itself says what is wrong with it
        return False


def noting_returns(job: Job) -> Job:
    """Return a job that notes its returns, where its function's returns can be told apart."""
    return replace(job, note_returns=notes_returns(job.function))


def return_statistics(
    lines: tuple[int, ...], codes: npt.NDArray[np.uint8], votes: Votes, gold: Votes
) -> tuple[ReturnStatistics, ...]:
    """Return the statistics of each line, in the order of `lines`.

    `codes` uint8 (n,) holds i + 1 where a return on `lines[i]` answered; `votes` and `gold` are
    int8 (n,), -1 for no vote and no gold.

    >>> codes = np.array([1, 1, 2, 0], dtype=np.uint8)
    >>> votes, gold = np.array([[0, 0, -1, -1], [0, 1, 1, 1]], dtype=np.int8)
    >>> first, second = return_statistics((3, 4), codes, votes, gold)
    >>> first.votes, first.correct, first.incorrect, first.rows.row_ids.tolist()
    (2, 1, 1, [0, 1])
    >>> second.answered, second.votes, second.rows.row_ids.tolist()
    (1, 0, [2])
    """
    voted, right = votes >= 0, votes == gold
    judged = voted & (gold >= 0)
    found = []
    for number, line in enumerate(lines, 1):
        answered = codes == number
        with_vote = answered & voted
        correct = int((answered & judged & right).sum())
        count = int((answered & judged).sum())
        n_votes = int(with_vote.sum())
        low, high = wilson(correct, count)
        found.append(
            ReturnStatistics(
                line=line,
                answered=int(answered.sum()),
                votes=n_votes,
                coverage=n_votes / max(votes.size, 1),
                correct=correct,
                incorrect=count - correct,
                accuracy=correct / count if count else math.nan,
                accuracy_low=low,
                accuracy_high=high,
                rows=RowSet(
                    f"Line {line} {'votes' if n_votes else 'abstains'}",
                    np.flatnonzero(with_vote if n_votes else answered),
                ),
            )
        )
    return tuple(found)


class Returns:
    """The returns of a project's functions, kept while votes and gold stay. From any thread."""

    def __init__(self, store: ReturnStore, snapshot: Callable[[], Snapshot]) -> None:
        self._store = store
        self._snapshot = snapshot
        self._kept: dict[str, tuple[Votes, Votes, tuple[ReturnStatistics, ...]]] = {}

    def of(self, name: str) -> tuple[ReturnStatistics, ...] | None:
        """Return the statistics of a saved function's returns; None where they are not known."""
        snapshot = self._snapshot()
        state = snapshot.state(name)
        if state is None or state.run is None or name not in snapshot.matrix.names:
            return None
        function = state.function
        if state.run.version != function.version or not notes_returns(function):
            return None
        votes, gold = snapshot.matrix.column(name), snapshot.dev_gold
        kept = self._kept.get(function.version)
        if kept and kept[0] is votes and np.array_equal(kept[1], gold):
            return kept[2]
        return self._computed(state, votes, gold)

    def _computed(
        self, state: FunctionState, votes: Votes, gold: Votes
    ) -> tuple[ReturnStatistics, ...] | None:
        version = state.function.version
        lines, codes = known_returns(state.function), self._store.return_codes(version)
        if lines is None or codes is None or codes.size != votes.size:
            return None
        found = return_statistics(lines, codes, votes, gold)
        while len(self._kept) >= _KEPT_FUNCTIONS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[version] = (votes, gold, found)
        return found
