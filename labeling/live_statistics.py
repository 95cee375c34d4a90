"""The fields of a snapshot that follow from the votes at hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from labeling.analysis import FunctionStatistics
from labeling.earlier_figures import earlier_figures
from labeling.function_runs import FunctionRuns
from labeling.inputs import Inputs
from labeling.live_counts import LiveCounts
from labeling.reweighting import reweighted
from labeling.snapshot import FunctionState, Snapshot
from labeling.unseen_gold import UnseenAccuracy, unseen_accuracy
from labeling.votes import LabelMatrix

_ESTIMATE = ("estimated_accuracy", "estimated_low", "estimated_high")
"""What the label model says of a function holds until it is fitted again."""


def statistics_of(inputs: Inputs, runs: FunctionRuns, before: Snapshot) -> dict[str, Any]:
    """Return the snapshot fields that follow from the votes at hand."""
    matrix, model_matrix = _known(*runs.matrices(inputs), before)
    n_classes = len(inputs.info.classes)
    counts = LiveCounts(matrix, n_classes)
    labelling = counts if model_matrix is matrix else LiveCounts(model_matrix, n_classes)
    statistics: dict[str, FunctionStatistics] = {
        entry.name: entry for entry in _fair(counts.statistics(inputs.gold.dev), matrix, inputs)
    }
    earlier = earlier_figures(inputs, before)
    estimated = {
        state.function.name: state
        for state in before.functions
        if state.function.name in model_matrix.names
    }
    states = tuple(
        FunctionState(
            function=function,
            status=runs.status(function, inputs),
            run=runs.known.record(function),
            statistics=statistics.get(function.name),
            unseen=_unseen(inputs, matrix, function.name),
            **_kept(earlier.get(function.name), "earlier", "earlier_estimate"),
            **_kept(estimated.get(function.name), *_ESTIMATE),
            acceptance=inputs.acceptances.get(function.version),
            stability=runs.known.stability(function),
            unchecked=runs.known.unchecked(function),
        )
        for function in inputs.functions
    )
    return {
        "matrix": matrix,
        "model_matrix": model_matrix,
        "functions": states,
        "summary": labelling.summary(inputs.gold.dev),
    }


def with_estimates(
    snapshot: Snapshot, accuracies: npt.NDArray[np.float64]
) -> tuple[FunctionState, ...]:
    """Return the functions with the label model's estimates; None for those that are not in it.

    `accuracies` float64 (m, 3): accuracy and the ends of its interval, per function of the model.
    """
    none = dict.fromkeys(_ESTIMATE)
    estimates = {
        name: dict(zip(_ESTIMATE, values, strict=True))
        for name, values in zip(snapshot.model_matrix.names, accuracies.tolist(), strict=True)
    }
    return tuple(
        replace(state, **estimates.get(state.function.name, none)) for state in snapshot.functions
    )


def _fair(
    found: tuple[FunctionStatistics, ...], matrix: LabelMatrix, inputs: Inputs
) -> tuple[FunctionStatistics, ...]:
    """Return the statistics with accuracies reweighted by how gold rows were drawn."""
    weights = inputs.gold.weights
    if weights is None:
        return found
    gold_rows = np.flatnonzero(inputs.gold.dev >= 0)
    gold, fair = inputs.gold.dev[gold_rows], []
    for entry in found:
        votes = matrix.column(entry.name)[gold_rows]
        voted = votes >= 0
        share = reweighted((votes == gold)[voted], weights[voted])
        fair.append(replace(entry, reweighted=share))
    return tuple(fair)


def _known(
    matrix: LabelMatrix, model_matrix: LabelMatrix, before: Snapshot
) -> tuple[LabelMatrix, LabelMatrix]:
    """Return the matrices of the snapshot before where they are the same.

    So what was worked out of them, such as pairs and warnings, stays known.
    """
    is_whole = model_matrix is matrix
    matrix = before.matrix if matrix.same_as(before.matrix) else matrix
    if is_whole:
        return matrix, matrix
    same = model_matrix.same_as(before.model_matrix)
    return matrix, before.model_matrix if same else model_matrix


def _unseen(inputs: Inputs, matrix: LabelMatrix, name: str) -> UnseenAccuracy | None:
    if name not in matrix.names:
        return None
    votes = matrix.column(name)
    return unseen_accuracy(
        inputs.gold_ages,
        name,
        votes,
        inputs.gold.dev,
        inputs.gold.annotated,
        inputs.gold.weights,
    )


def _kept(state: FunctionState | None, *names: str) -> dict[str, Any]:
    """Return some figures of the state before; None each where there was none."""
    return {name: None if state is None else getattr(state, name) for name in names}
