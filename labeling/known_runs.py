"""What is known of the runs of functions: stored records and checks, and the latest votes."""

import threading
from dataclasses import dataclass

from labeling.errors import LabelwrightError
from labeling.functions import LabelingFunction
from labeling.inputs import Inputs
from labeling.kinds import votes_row_by_row
from labeling.run_store import RunRecord
from labeling.runs import RunResult, StabilityCheck
from labeling.store import Store
from labeling.votes import Votes


@dataclass(frozen=True, eq=False)
class _Column:
    """The votes of the last complete run under one function name."""

    version: str
    votes: Votes


class KnownRuns:
    """Keeps in memory what was stored of runs.

    What changes is guarded by `lock`, which is never held while anything is stored.
    """

    def __init__(self, store: Store, lock: threading.RLock) -> None:
        self._store = store
        self._lock = lock
        self._columns: dict[str, _Column] = {}
        self._records: dict[str, RunRecord] = {}
        self._checks: dict[str, StabilityCheck] = {}
        self._unchecked: dict[str, str] = {}
        self._forced: set[str] = set()

    def forget(self) -> None:
        """Drop all that is known: the meaning of votes changed."""
        with self._lock:
            self._columns.clear()
            self._records.clear()
            self._checks.clear()
            self._unchecked.clear()

    def force(self, name: str) -> None:
        """Let this function run anew although its votes are stored."""
        with self._lock:
            self._forced.add(name)

    def record(self, function: LabelingFunction) -> RunRecord | None:
        """Return the stored run of this version, None where it has not run."""
        return self._records.get(function.version)

    def current(self, function: LabelingFunction) -> RunRecord | None:
        """Return the same, None also where it is to run anew."""
        return None if function.name in self._forced else self.record(function)

    def votes(self, name: str) -> tuple[Votes, RunRecord] | None:
        """Return the votes of the last complete run under this name, and its record."""
        column = self._columns.get(name)
        return None if column is None else (column.votes, self._records[column.version])

    def stability(self, function: LabelingFunction) -> StabilityCheck | None:
        """Return whether this version votes the same again, None where that was not checked."""
        return self._checks.get(function.version)

    def keep_check(self, function: LabelingFunction, check: StabilityCheck) -> None:
        """Store whether this version votes the same again."""
        self._store.save_stability_check(function.version, check)
        with self._lock:
            self._checks[function.version] = check

    def unchecked(self, function: LabelingFunction) -> str | None:
        """Return why it could not be checked whether this version votes the same again."""
        return self._unchecked.get(function.version)

    def keep_unchecked(self, function: LabelingFunction, why: str) -> None:
        """Remember, until `check_again`, why this version could not be checked."""
        with self._lock:
            self._unchecked[function.version] = why

    def check_again(self) -> None:
        """Let what could not be checked before be tried again."""
        with self._lock:
            self._unchecked.clear()

    def first_row(self, function: LabelingFunction) -> int:
        """Return the row from which a function has to run.

        Rows that a complete run of this very version has seen need not run again. Unless it is
        asked about all rows at once: what it says of one may depend on a new one.
        """
        record = self.current(function)
        if not votes_row_by_row(function.kind) or record is None or record.failure is not None:
            return 0
        return record.rows

    def read(self, inputs: Inputs) -> None:
        """Load stored runs that this process has not seen yet."""
        self._checks = dict(self._store.stability_checks())
        for function in inputs.functions:
            record = self._records.get(function.version) or self._store.run(function.version)
            if record is None:
                continue
            column = self._columns.get(function.name)
            complete = record.failure is None and record.rows == inputs.n_rows
            is_new = column is None or column.version != function.version
            votes = self._store.votes(function.version) if complete and is_new else None
            with self._lock:
                self._records[function.version] = record
                if votes is not None:
                    self._columns[function.name] = _Column(function.version, votes)

    def keep(self, function: LabelingFunction, result: RunResult, n_rows: int) -> None:
        """Take in a run over `n_rows` rows that was stored."""
        record = self._store.run(function.version)
        if record is None:
            raise LabelwrightError(f"The run of {function.name} was not stored.")
        complete = record.failure is None and record.rows == n_rows
        votes = result.votes if result.start == 0 else self._store.votes(function.version)
        with self._lock:
            if result.start == 0:
                self._checks.pop(function.version, None)
                self._unchecked.pop(function.version, None)
            self._forced.discard(function.name)
            self._records[function.version] = record
            if complete:
                self._columns[function.name] = _Column(function.version, votes)
