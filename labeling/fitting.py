"""Keeps the labels of a project fitted: what was fitted last, and what of it is still to be judged.

Judging takes longer than fitting. So it gives way to the next change, but not for ever: where
changes keep coming, as when a team annotates, it is finished once it has waited OVERDUE_SECONDS.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from labeling.errors import Cancelled
from labeling.evaluation import FirstLabels, FittedLabels, first_labels, judged_labels
from labeling.model_report import ModelReport
from labeling.models.running import RunningVotes
from labeling.reweighting import class_weights, same_weights
from labeling.unseen_labels import unseen_labels
from labeling.votes import LabelMatrix

OVERDUE_SECONDS = 3.0
A_MOMENT = 0.1
"""So many seconds people may wait for labels, for these to come together with how good they are."""


@dataclass(frozen=True, eq=False)
class FitInputs:
    """All that decides a fit and its figures; `choice` is the label model's name and seed.

    `unseen_rows` int64 (u,) have dev gold that came after the last edit of any function in it.
    `gold_weights` float64 (g,): for how many rows each dev gold row stands, None where all are
    alike.
    """

    matrix: LabelMatrix
    dev_gold: npt.NDArray[np.int8]
    classes: tuple[str, ...]
    choice: tuple[str, int]
    unseen_rows: npt.NDArray[np.int64]
    gold_weights: npt.NDArray[np.float64] | None = None

    @cached_property
    def class_weights(self) -> npt.NDArray[np.float64] | None:
        """For how many rows gold of each class counts in the fit (`Fires.class_weights`)."""
        if self.gold_weights is None:
            return None
        codes = self.dev_gold[self.dev_gold >= 0]
        return class_weights(codes, self.gold_weights, len(self.classes))

    def same_as(self, other: "FitInputs") -> bool:
        """Whether a fit would give the same again; columns of votes are never changed in place."""
        names = self.matrix.names
        return (
            (names, self.classes, self.choice) == (other.matrix.names, other.classes, other.choice)
            and all(self.matrix.column(name) is other.matrix.column(name) for name in names)
            and np.array_equal(self.dev_gold, other.dev_gold)
            and np.array_equal(self.unseen_rows, other.unseen_rows)
            and same_weights(self.gold_weights, other.gold_weights)
        )


class Fitting:
    """The fit of one project; used by one thread, unless said otherwise."""

    def __init__(self) -> None:
        self._fitted: FitInputs | None = None
        self._unjudged: FirstLabels | None = None
        self._unjudged_since: float | None = None
        self._votes: RunningVotes | None = None
        self._judging_seconds = math.inf

    @property
    def judges_soon(self) -> bool:
        """Whether judging takes but a moment, as far as the last time tells; at first it does not.

        It is processor time: where pages are drawn beside it, judging only seems to take long.
        """
        return self._judging_seconds < A_MOMENT

    def counted_votes(self) -> RunningVotes | None:
        """Return a copy of the votes counted for the last fit, None before; from any thread."""
        votes = self._votes
        return None if votes is None else votes.fork()

    def settle(self) -> None:
        """Make the next fit faster; to be called when there is nothing else to do."""
        if self._votes is not None:
            self._votes.settle()

    def forget(self) -> None:
        """There is nothing to fit any more."""
        self._fitted = self._unjudged = self._unjudged_since = None

    def first(self, wanted: FitInputs, before: ModelReport | None) -> FirstLabels | None:
        """Fit and label, None where all that decides it is as it was at the last fit."""
        if self._fitted is not None and self._fitted.same_as(wanted):
            return None
        votes = self._running_votes(wanted)
        first = first_labels(
            votes, wanted.matrix, wanted.dev_gold, *wanted.choice, before, wanted.class_weights
        )
        self._fitted, self._unjudged = wanted, first
        if self._unjudged_since is None:
            self._unjudged_since = time.monotonic()
        return first

    def judged(self, gives_way: Callable[[], bool]) -> FittedLabels | None:
        """Judge the last fit, None where it is judged.

        Cancelled is raised as soon as `gives_way`, unless it is overdue.
        """
        if self._unjudged is None or self._fitted is None:
            return None

        def give_way() -> None:
            if gives_way() and not self._is_overdue():
                raise Cancelled("A newer change has to be fitted first.")

        give_way()
        began = time.thread_time()
        wanted, votes = self._fitted, self._running_votes(self._fitted)
        judged = judged_labels(votes, wanted.matrix, self._unjudged, give_way)
        unseen = unseen_labels(
            votes,
            wanted.matrix,
            wanted.dev_gold,
            wanted.unseen_rows,
            wanted.choice,
            give_way,
            wanted.gold_weights,
        )
        judged = replace(judged, report=replace(judged.report, unseen=unseen))
        self._unjudged = self._unjudged_since = None
        self._judging_seconds = time.thread_time() - began
        return judged

    def _is_overdue(self) -> bool:
        since = self._unjudged_since
        return since is not None and time.monotonic() - since > OVERDUE_SECONDS

    def _running_votes(self, wanted: FitInputs) -> RunningVotes:
        """Return the counted votes of the last fit, or new ones where they are of other rows."""
        n_rows, n_classes, seed = wanted.matrix.n_rows, len(wanted.classes), wanted.choice[1]
        kept = self._votes
        if kept is None or (kept.n_rows, kept.n_classes, kept.seed) != (n_rows, n_classes, seed):
            self._votes = kept = RunningVotes(n_rows, n_classes, seed)
        return kept
