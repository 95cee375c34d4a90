"""What is asked of a worker and what comes back: plain values, no behaviour."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from labeling.functions import LabelingFunction
from labeling.votes import ABSTAIN

ERROR = -2
"""The function raised, timed out or returned no valid label on this row."""
NOT_RUN = -3
"""The run ended before this row."""


@dataclass(frozen=True)
class Limits:
    """How long and how much one run may take; of a sharded run, each shard."""

    row_seconds: float = 1.0
    run_seconds: float = 600.0
    memory_mb: int = 2048
    output_kb: int = 64
    error_details: int = 1000
    """Errors beyond this many are counted, and marked in the votes, but carry no message."""
    row_timeouts: int = 10
    """A run ends after this many rows over `row_seconds`."""


@dataclass(frozen=True)
class Job:
    """One function to run over a range of rows, or over named rows for a preview.

    `rows_path` is an Arrow IPC file with a `row_id` column (int64, 0..n-1 in order) and the
    user's columns. Rows `start` (included) to `stop` (excluded) are run. `hash_seed` decides the
    order of sets of strings in the function. `note_returns` asks which `return` gave each answer,
    of a Python function whose returns are known (`kinds.python.known_returns`). `typed`: somebody
    is typing the function and waits for what it does, so that the run does not queue behind others.
    """

    function: LabelingFunction
    classes: tuple[str, ...]
    rows_path: Path
    start: int
    stop: int
    limits: Limits = field(default_factory=Limits)
    hash_seed: int = 0
    note_returns: bool = False
    typed: bool = False


@dataclass(frozen=True)
class RowError:
    """One row on which a function failed; `line` is 1-based in the function's source."""

    row_id: int
    error: str
    message: str
    line: int | None


@dataclass(frozen=True)
class SlowRow:
    """A row that took long; caught by a timer tick, its time is exact to about 20 ms."""

    row_id: int
    seconds: float


@dataclass(frozen=True)
class RowTimes:
    """How long a row takes, in seconds: median and 95th percentile of the `timed` rows.

    `slowest` are the slowest rows that were noticed, slowest first.
    """

    timed: int
    p50: float
    p95: float
    slowest: tuple[SlowRow, ...]


@dataclass(frozen=True)
class StabilityCheck:
    """On which of the `rows` that were run twice the votes differ, ascending."""

    rows: int
    differing: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class RunResult:
    """The outcome of one `Job`.

    `votes` is int8 of shape (stop - start,): a class code, ABSTAIN, ERROR or NOT_RUN.
    `failure` is None for a run that reached its last row, else one sentence that says why it
    ended (limit, kill, crash, a source that does not compile) and where; `failure_row` is the row
    it was at, None before the first. `times` is None where no row was timed. `returns` is uint8
    beside `votes`: the number of the `return` that gave the answer, counted from 1, 0 for none of
    them; None where that was not asked for. A worker says it, so that it may be any number.
    """

    version: str
    start: int
    stop: int
    votes: npt.NDArray[np.int8]
    errors: tuple[RowError, ...]
    error_count: int
    stdout: str
    seconds: float
    failure: str | None = None
    failure_line: int | None = None
    failure_row: int | None = None
    times: RowTimes | None = None
    returns: npt.NDArray[np.uint8] | None = None

    @property
    def complete(self) -> bool:
        """Whether every row of the job was run."""
        return self.failure is None

    @property
    def vote_count(self) -> int:
        """How many rows it voted on."""
        return int((self.votes > ABSTAIN).sum())
