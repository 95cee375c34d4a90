"""Runs of functions and their votes as they are saved and read; a part of `labeling.store`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import numpy as np
import numpy.typing as npt

from labeling.runs import RowError, RowTimes, RunResult, StabilityCheck


@dataclass(frozen=True)
class RunRecord:
    """A stored run: rows 0..rows-1 of the project were run with this version.

    `times` are those of the rows that were run last.
    """

    version: str
    rows: int
    votes: int
    error_count: int
    seconds: float
    stdout: str
    failure: str | None
    failure_line: int | None
    failure_row: int | None
    at: datetime
    times: RowTimes | None = None


class RunStore(Protocol):
    """What functions voted, by version."""

    def run(self, version: str) -> RunRecord | None:
        """Return the stored run of a version, None where it has not run."""
        ...

    def save_run(self, result: RunResult) -> None:
        """Store a run: votes, errors and record; one that starts at row 0 replaces."""
        ...

    def votes(self, version: str) -> npt.NDArray[np.int8]:
        """Return int8 codes, ABSTAIN, ERROR and NOT_RUN over the rows that were run."""
        ...

    def run_errors(self, version: str) -> tuple[RowError, ...]:
        """Return the rows on which a version's run failed."""
        ...

    def save_stability_check(self, version: str, check: StabilityCheck) -> None:
        """Store whether a version's run gave the same votes again; a new run drops it."""
        ...

    def stability_checks(self) -> Mapping[str, StabilityCheck]:
        """Return the stored checks, by version."""
        ...

    def forget_runs(self) -> None:
        """Drop every stored run: the meaning of votes changed."""
        ...
