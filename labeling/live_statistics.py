"""The fields of a snapshot that follow from the votes at hand."""

from typing import Any

from labeling.analysis import FunctionStatistics, function_statistics, project_summary
from labeling.function_runs import FunctionRuns
from labeling.inputs import Inputs
from labeling.snapshot import FunctionState, Snapshot


def statistics_of(inputs: Inputs, runs: FunctionRuns, before: Snapshot) -> dict[str, Any]:
    """Return the snapshot fields that follow from the votes at hand."""
    matrix, model_matrix = runs.matrices(inputs)
    n_classes = len(inputs.info.classes)
    statistics: dict[str, FunctionStatistics] = {
        entry.name: entry for entry in function_statistics(matrix, inputs.dev_gold, n_classes)
    }
    estimated = {state.function.name: state.estimated_accuracy for state in before.functions}
    states = tuple(
        FunctionState(
            function=function,
            status=runs.status(function, inputs),
            run=runs.record(function),
            statistics=statistics.get(function.name),
            estimated_accuracy=(
                estimated.get(function.name) if function.name in model_matrix.names else None
            ),
            acceptance=inputs.acceptances.get(function.version),
            stability=runs.stability(function),
            unchecked=runs.unchecked(function),
        )
        for function in inputs.functions
    )
    return {
        "matrix": matrix,
        "model_matrix": model_matrix,
        "functions": states,
        "summary": project_summary(model_matrix, inputs.dev_gold, n_classes),
    }
