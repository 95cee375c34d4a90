"""Turns an end model's labels into the votes of a labeling function, kept as a run is."""

import numpy as np

from labeling.export_labels import current_end_labels
from labeling.functions import LabelingFunction
from labeling.kinds.model import KIND, ModelParameters
from labeling.runs import RunResult
from labeling.snapshot import Snapshot
from labeling.votes import ABSTAIN


def votes_as_function(
    snapshot: Snapshot, name: str, threshold: float
) -> tuple[LabelingFunction, RunResult]:
    """Return a function and its votes: the end model's class where it is `threshold` sure.

    Raises:
        ExportError: there is no end model, or it is outdated.
        FunctionError: the threshold is no probability.
    """
    labels = current_end_labels(snapshot)
    parameters = ModelParameters(
        end_model=labels.choice.classifier,
        features=labels.choice.features,
        seed=labels.choice.seed,
        threshold=threshold,
        trained_on=labels.key,
    )
    function = LabelingFunction(name, KIND, parameters.to_source())
    sure = labels.probabilities.max(axis=1) >= np.float32(threshold)
    votes = np.where(sure, labels.codes, ABSTAIN).astype(np.int8)
    run = RunResult(
        version=function.version,
        start=0,
        stop=labels.n_rows,
        votes=votes,
        errors=(),
        error_count=0,
        stdout="",
        seconds=0.0,
    )
    return function, run
