"""What the engine publishes: an immutable picture of a project's votes, statistics and labels."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics, Summary
from labeling.calibration import (
    Calibration,
    Threshold,
)
from labeling.end_labels import EndModelState
from labeling.functions import LabelingFunction
from labeling.label_quality import (
    ConfidenceBin,
    LabelBalance,
    confidence_histogram,
    error_buckets,
    label_balance,
    labels_of,
)
from labeling.model_report import ModelReport
from labeling.models.comparison import Judged, rows_of_cases
from labeling.reweighting import ReweightedShare, class_weights, reweighted
from labeling.run_store import RunRecord
from labeling.runs import StabilityCheck
from labeling.store import Acceptance
from labeling.unseen_gold import UnseenAccuracy
from labeling.votes import ABSTAIN, LabelMatrix

Phase = Literal["starting", "running", "fitting", "idle"]
FunctionStatus = Literal["ready", "errors", "queued", "running", "failed"]
"""`errors`: it ran on every row, and is kept out of the label model until somebody accepts that
some of them failed, or that it learned from the label model."""


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
    was not run a second time; `unchecked` says why that could not be. `estimated_low` and
    `estimated_high` are the 95 % interval of the label model's `estimated_accuracy`. `earlier` are
    the statistics before the last change of functions or gold, None for a new one, and
    `earlier_estimate` is the estimated accuracy of then.
    `unseen` is the accuracy on gold that came after the function was saved, None without any.
    """

    function: LabelingFunction
    status: FunctionStatus
    run: RunRecord | None = None
    statistics: FunctionStatistics | None = None
    unseen: UnseenAccuracy | None = None
    earlier: FunctionStatistics | None = None
    earlier_estimate: float | None = None
    estimated_accuracy: float | None = None
    estimated_low: float | None = None
    estimated_high: float | None = None
    acceptance: Acceptance | None = None
    stability: StabilityCheck | None = None
    unchecked: str | None = None


class Numbers(NamedTuple):
    """What pages follow of a snapshot: its version, and those in which parts changed last."""

    version: int
    states: int
    figures: int
    beside: int

    @classmethod
    def of(cls, version: int) -> "Numbers":
        """Return the numbers of a version in which everything is new."""
        return cls(version, version, version, version)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A project at one moment.

    `dev_gold` int8 (n,): class codes, -1 where unknown; test gold is never in it. `gold_weights`
    float64 (g,): for how many rows each of the g `gold_rows` stands, None where all are alike.
    `annotated` bool (n,): labelled by hand. `is_test` bool (n,): rows of the locked test split.
    `matrix` holds the votes of every function that ran; the statistics of functions are over it.
    `model_matrix` holds those of the functions in the label model: a function with errors is not
    in it until it is accepted. Labels, `summary` and what is covered are over `model_matrix`.
    `posterior` float64 (n, k), or None before the first fit. It belongs to `model_matrix`.
    `judged` holds the labels of covered dev gold rows by fits that did not see their gold; while
    `model.pending`, of an earlier model.
    `figures` is the version in which anything changed last but how far the work is: phase,
    progress, problems and the status of functions. `states` is that in which figures or the status
    of a function did, `beside` that in which figures did or what is known beside the snapshot, such
    as what each function is worth.
    `end_model` is the end model trained last, which may have learned from an earlier snapshot.
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
    judged: Judged | None = None
    model: ModelReport | None = None
    end_model: EndModelState = field(default=EndModelState())
    progress: RunProgress | None = None
    problems: tuple[str, ...] = field(default=())
    gold_weights: npt.NDArray[np.float64] | None = None
    states: int = 0
    figures: int = 0
    beside: int = 0

    @property
    def numbers(self) -> Numbers:
        """What is announced of this snapshot."""
        return Numbers(self.version, self.states, self.figures, self.beside)

    @property
    def n_rows(self) -> int:
        """How many rows the project has."""
        return self.matrix.n_rows

    @cached_property
    def gold_rows(self) -> npt.NDArray[np.int64]:
        """The ids of the dev gold rows, ascending, int64."""
        return np.flatnonzero(self.dev_gold >= 0)

    @cached_property
    def reweighted_accuracy(self) -> ReweightedShare | None:
        """`ModelReport.measured.accuracy`, reweighted by how gold rows were drawn.

        None where that is the same, where nothing is measured, and while the labels are judged.
        """
        if self.judged is None or self.gold_weights is None or self.is_pending:
            return None
        rows = self.gold_rows
        columns = [self.model_matrix.column(name)[rows] for name in self.model_matrix.names]
        cases = rows_of_cases(np.stack(columns, axis=1), self.dev_gold[rows].astype(np.int64))
        if not np.array_equal(self.dev_gold[rows[cases]], self.judged.gold):
            return None
        return reweighted(self.judged.right, self.gold_weights[cases])

    @cached_property
    def class_weights(self) -> npt.NDArray[np.float64] | None:
        """For how many rows gold of each class counts in a fit, (k,); None for one row each."""
        if self.gold_weights is None:
            return None
        return class_weights(self.dev_gold[self.gold_rows], self.gold_weights, len(self.classes))

    @cached_property
    def reweighted_balance(self) -> tuple[ReweightedShare, ...]:
        """The share of each class among dev gold, reweighted; empty where that is the same."""
        if self.gold_weights is None:
            return ()
        gold = self.dev_gold[self.gold_rows]
        found = (reweighted(gold == k, self.gold_weights) for k in range(len(self.classes)))
        return tuple(one for one in found if one is not None)

    @cached_property
    def imported_gold(self) -> npt.NDArray[np.bool_]:
        """Whether a row's dev gold was imported and not labelled here, bool (n,)."""
        return np.asarray((self.dev_gold >= 0) & ~self.annotated)

    @property
    def is_pending(self) -> bool:
        """Whether it is still to be judged how good the labels are (`ModelReport.pending`)."""
        return self.model is not None and self.model.pending

    @cached_property
    def labels(self) -> npt.NDArray[np.int8]:
        """The label model's class of each covered row, int8 (n,), -1 where there is none."""
        if self.posterior is None or self.model is None:
            return np.full(self.n_rows, ABSTAIN, dtype=np.int8)
        return labels_of(self.posterior, self.model_matrix.covered, self.model.class_balance)

    @cached_property
    def rebalanced_labels(self) -> npt.NDArray[np.int8]:
        """The class that the votes of each covered row raise most above the class balance.

        int8 (n,), -1 where there is no label: the argmax of p_k / pi_k.
        """
        if self.posterior is None or self.model is None:
            return np.full(self.n_rows, ABSTAIN, dtype=np.int8)
        balance = np.asarray(self.model.class_balance)
        return labels_of(
            self.posterior / balance, self.model_matrix.covered, self.model.class_balance
        )

    @cached_property
    def label_balance(self) -> LabelBalance:
        """How many rows have each class, by label and by dev gold."""
        return label_balance(self.labels, self.dev_gold, len(self.classes))

    @cached_property
    def confidence_histogram(self) -> tuple[ConfidenceBin, ...]:
        """How many labels have which confidence; empty before the first fit."""
        if self.posterior is None:
            return ()
        return confidence_histogram(self.posterior, self.model_matrix.covered)

    @cached_property
    def error_buckets(self) -> npt.NDArray[np.int64]:
        """How many dev gold rows have which label and which gold, int64 (k, k): [label, gold]."""
        return error_buckets(self.labels, self.dev_gold, len(self.classes))

    @property
    def calibration(self) -> Calibration | None:
        """Whether confidence can be believed, None without judged dev gold."""
        return None if self.model is None else self.model.calibration

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """What each least confidence leaves of the labels; empty where there are none."""
        return () if self.model is None else self.model.thresholds

    def state(self, name: str) -> FunctionState | None:
        """Return the state of one function, None where there is no such function."""
        return next((state for state in self.functions if state.function.name == name), None)

    def at(self, version: int, **changes: object) -> "Snapshot":
        """Return this snapshot under a new version with some fields changed.

        What was worked out of the others stays known: that of a million rows takes a while.
        """
        later = replace(self, version=version, **changes)  # type: ignore[arg-type]
        if all(getattr(later, name) is getattr(self, name) for name in _SOURCES):
            known = self.__dict__.copy()  # at once, for others may be working something out
            later.__dict__.update({name: known[name] for name in _DERIVED & known.keys()})
        return later


_SOURCES = (
    "classes", "matrix", "model_matrix", "dev_gold", "gold_weights", "annotated", "is_test",
    "posterior", "judged", "model",
)  # fmt: skip
"""The fields that every cached property of a snapshot follows from."""
_DERIVED = {name for name, one in vars(Snapshot).items() if isinstance(one, cached_property)}
