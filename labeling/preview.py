"""What an unsaved function would do, as far as it is known by now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics
from labeling.browse import RowSet
from labeling.functions import LabelingFunction
from labeling.kinds import votes_row_by_row
from labeling.runs import NOT_RUN, RowError
from labeling.vote_diff import VoteDiff
from labeling.votes import Votes

SAMPLES = (2_000, 20_000, 200_000)
"""Rows of the random samples that a function is run on before it is run on all rows."""
WHOLE_AT_ONCE = 5_000
"""Of so few rows there is no sample."""
WHOLE_BY_COLUMN = 200_000
"""Nor of so few where whole columns are looked at."""
QUICK_ROWS = 20_000
"""A run of more rows does not take the place that is kept for people who type."""


@dataclass(frozen=True, eq=False)
class PreviewState:
    """An unsaved function on `rows` of `total_rows` rows; `number` grows with each state.

    `votes_number` is that of the last state which brought more than what labels would be.
    `replaces` is the saved function whose place it takes, None for a new one, and `before` that
    one's statistics. `votes` int8 (total_rows,) are NOT_RUN on rows that were not run yet, and
    `statistics` are shares of the rows that were. `diff` compares with the votes of `replaces` on
    these rows, None where they are not there. `label_diff` says how the labels of all rows would
    change, None before every row was run. `failure` and `errors` are as in `RunResult`; `problem`
    says why it could not be run. `pinned` holds, by row, the votes on rows pinned to `replaces`,
    once they were run. `done`: nothing will be added.
    """

    number: int
    votes_number: int
    function: LabelingFunction
    replaces: str | None
    rows: int
    total_rows: int
    votes: Votes
    statistics: FunctionStatistics | None = None
    before: FunctionStatistics | None = None
    diff: VoteDiff | None = None
    label_diff: VoteDiff | None = None
    errors: tuple[RowError, ...] = ()
    error_count: int = 0
    stdout: str = ""
    failure: str | None = None
    problem: str | None = None
    pinned: Mapping[int, int] = field(default_factory=dict)
    done: bool = False

    @property
    def whole(self) -> bool:
        """Whether every row was run."""
        return self.rows == self.total_rows

    @cached_property
    def votes_for_tests(self) -> Votes:
        """The votes with those on pinned rows, int8 (total_rows,)."""
        votes = self.votes.copy()
        for row_id, vote in self.pinned.items():
            votes[row_id] = vote
        return votes

    @cached_property
    def hits(self) -> RowSet:
        """The rows on which it votes."""
        return RowSet("Rows the function votes on", np.flatnonzero(self.votes >= 0))

    @cached_property
    def changes(self) -> dict[str, RowSet]:
        """The rows behind every count of the two comparisons, by a name for each."""
        known: dict[str, npt.NDArray[np.int64]] = {}
        if self.diff is not None:
            known |= {part: getattr(self.diff, part) for part in VOTE_CHANGES}
        if self.label_diff is not None:
            known |= {
                f"label_{part}": getattr(self.label_diff, part)
                for part in VOTE_CHANGES
                if f"label_{part}" in LABEL_CHANGES
            }
        titles = VOTE_CHANGES | LABEL_CHANGES
        return {part: RowSet(titles[part], row_ids) for part, row_ids in known.items()}


VOTE_CHANGES = {
    "gained": "Rows that gain a vote",
    "lost": "Rows that lose their vote",
    "flipped": "Rows whose vote is for another class",
    "gold_mended": "Rows whose vote is right now and was not",
    "gold_broken": "Rows whose vote was right and is not any more",
}
LABEL_CHANGES = {
    "label_gained": "Rows that get a label",
    "label_lost": "Rows that lose their label",
    "label_flipped": "Rows that get another label",
    "label_gold_mended": "Rows whose label is right now and was not",
    "label_gold_broken": "Rows whose label was right and is not any more",
}


@dataclass(frozen=True)
class Stage:
    """One run of a preview: rows `start` to `stop` of a sample of `sample` rows, or of all."""

    sample: int | None
    start: int
    stop: int


def stages(kind: str, n_rows: int, *, by_column: bool = False) -> tuple[Stage, ...]:
    """Return the runs that a preview of a function takes; the last one is of all rows.

    >>> [stage.stop for stage in stages("python", 100_000)]
    [2000, 20000, 100000]
    >>> [stage.stop for stage in stages("regex", 1_000_000, by_column=True)]
    [20000, 1000000]
    >>> stages("sql", 1_000_000)
    (Stage(sample=None, start=0, stop=1000000),)
    """
    whole = Stage(None, 0, n_rows)
    if not votes_row_by_row(kind) or n_rows <= WHOLE_AT_ONCE:
        return (whole,)
    if by_column:
        first = Stage(QUICK_ROWS, 0, QUICK_ROWS)
        return (whole,) if n_rows <= WHOLE_BY_COLUMN else (first, whole)
    bounds = [bound for bound in SAMPLES if 2 * bound <= n_rows]
    quick = max(bound for bound in bounds if bound <= QUICK_ROWS)
    starts = [0, *bounds[:-1]]
    return (
        *(
            Stage(max(bound, quick), start, bound)
            for start, bound in zip(starts, bounds, strict=True)
        ),
        whole,
    )


def not_run(n_rows: int) -> Votes:
    """Return the votes of a function before its first run, int8 (n,)."""
    return np.full(n_rows, NOT_RUN, dtype=np.int8)
