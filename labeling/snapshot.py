"""What the engine publishes: an immutable picture of a project's votes, statistics and labels."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics, Summary
from labeling.functions import LabelingFunction
from labeling.label_quality import labels_of
from labeling.runs import StabilityCheck
from labeling.store import Acceptance, RunRecord
from labeling.votes import ABSTAIN, LabelMatrix

Phase = Literal["starting", "running", "fitting", "idle"]
FunctionStatus = Literal["ready", "errors", "queued", "running", "failed"]
"""`errors`: it ran on every row, some of them failed, and nobody has accepted that yet."""


@dataclass(frozen=True)
class RunProgress:
    """How far the run of one function is."""

    function: str
    done: int
    total: int


@dataclass(frozen=True)
class FunctionState:
    """One labeling function with all that is known of it.

    `statistics` are those of the last complete run of the function under this name: while a
    changed function is queued or running they are the earlier version's, and `status` says so.
    `acceptance` is None where this version was not accepted with its errors, `stability` where it
    was not run a second time.
    """

    function: LabelingFunction
    status: FunctionStatus
    run: RunRecord | None = None
    statistics: FunctionStatistics | None = None
    estimated_accuracy: float | None = None
    acceptance: Acceptance | None = None
    stability: StabilityCheck | None = None


@dataclass(frozen=True)
class ModelReport:
    """The label model behind the posterior.

    `accuracy` and `majority_accuracy` are measured on covered dev gold rows that the fit did not
    see (two-fold), None without gold; a row whose k classes tie counts 1/k. `evaluated` is how
    many rows stand behind them.
    """

    model: str
    seed: int
    class_balance: tuple[float, ...]
    converged: bool
    seconds: float
    accuracy: float | None = None
    accuracy_low: float | None = None
    accuracy_high: float | None = None
    majority_accuracy: float | None = None
    evaluated: int = 0


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A project at one moment.

    `dev_gold` int8 (n,): class codes, -1 where unknown; test gold is never in it.
    `annotated` bool (n,): labelled by hand. `is_test` bool (n,): rows of the locked test split.
    `matrix` holds the votes of every function that ran; the statistics of functions are over it.
    `model_matrix` holds those of the functions in the label model: a function with errors is not
    in it until it is accepted. Labels, `summary` and what is covered are over `model_matrix`.
    `posterior` float64 (n, k), or None before the first fit. It belongs to `model_matrix`.
    """

    version: int
    phase: Phase
    classes: tuple[str, ...]
    matrix: LabelMatrix
    model_matrix: LabelMatrix
    dev_gold: npt.NDArray[np.int8]
    annotated: npt.NDArray[np.bool_]
    is_test: npt.NDArray[np.bool_]
    summary: Summary
    functions: tuple[FunctionState, ...] = ()
    posterior: npt.NDArray[np.float64] | None = None
    model: ModelReport | None = None
    progress: RunProgress | None = None
    problems: tuple[str, ...] = field(default=())

    @property
    def n_rows(self) -> int:
        """How many rows the project has."""
        return self.matrix.n_rows

    @cached_property
    def labels(self) -> npt.NDArray[np.int8]:
        """The label model's class of each covered row, int8 (n,), -1 where there is none."""
        if self.posterior is None or self.model is None:
            return np.full(self.n_rows, ABSTAIN, dtype=np.int8)
        return labels_of(self.posterior, self.model_matrix.covered, self.model.class_balance)

    def state(self, name: str) -> FunctionState | None:
        """Return the state of one function, None where there is no such function."""
        return next((state for state in self.functions if state.function.name == name), None)

    def at(self, version: int, **changes: object) -> "Snapshot":
        """Return this snapshot under a new version with some fields changed."""
        return replace(self, version=version, **changes)  # type: ignore[arg-type]
