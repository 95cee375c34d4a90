"""The fields of a snapshot that follow from what the project holds, whatever functions vote."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from labeling.analysis import project_summary
from labeling.inputs import Inputs
from labeling.snapshot import Snapshot
from labeling.votes import LabelMatrix

Array = TypeVar("Array", bound="npt.NDArray[Any] | None")


def empty_snapshot(version: int, inputs: Inputs) -> Snapshot:
    """Return the picture before the first pass: all rows, no votes."""
    matrix = LabelMatrix({}, inputs.n_rows)
    return Snapshot(
        version=version,
        states=version,
        figures=version,
        beside=version,
        phase="starting",
        classes=inputs.info.classes,
        matrix=matrix,
        model_matrix=matrix,
        dev_gold=inputs.gold.dev,
        gold_weights=inputs.gold.weights,
        annotated=inputs.gold.annotated,
        is_test=inputs.gold.is_test,
        summary=project_summary(matrix, inputs.gold.dev, len(inputs.info.classes)),
    )


def input_fields(inputs: Inputs, before: Snapshot) -> dict[str, Any]:
    """Return gold and classes as they are; labels stay until the next fit, if of the same rows."""
    same_rows = before.n_rows == inputs.n_rows and before.classes == inputs.info.classes
    return {
        "classes": inputs.info.classes,
        "dev_gold": _kept(before.dev_gold, inputs.gold.dev),
        "gold_weights": _kept(before.gold_weights, inputs.gold.weights),
        "annotated": _kept(before.annotated, inputs.gold.annotated),
        "is_test": _kept(before.is_test, inputs.gold.is_test),
        "posterior": before.posterior if same_rows else None,
        "judged": before.judged if same_rows else None,
        "model": before.model if same_rows else None,
    }


def _kept(before: Array, now: Array) -> Array:
    """Return what was there where it is the same, so that what follows from it stays known."""
    if before is None or now is None:
        return now
    return before if before is now or np.array_equal(before, now) else now
