"""What the last change did to a project's headline figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from labeling.snapshot import Snapshot
from labeling.store import ModelFit


@dataclass(frozen=True)
class LastChange:
    """Differences to the version of the label model before: shares, and a count of rows.

    `accuracy` is None where one of the two was not measured.
    """

    covered: float
    conflicts: float
    uncovered_rows: int
    accuracy: float | None


def last_change(snapshot: Snapshot, fits: Sequence[ModelFit]) -> LastChange | None:
    """Return what changed since the version before; `fits` are the last two, newest first.

    None where there was none, or where it was of other rows.
    """
    before = _before(snapshot, fits)
    rows = snapshot.n_rows
    if before is None or rows == 0 or int(before.metrics["rows"]) != rows:
        return None
    covered = snapshot.summary.covered_rows / rows
    judged = None if snapshot.is_pending else snapshot.model
    measured = judged.measured if judged is not None else None
    then = before.metrics.get("accuracy")
    return LastChange(
        covered=covered - before.metrics["coverage"],
        conflicts=snapshot.summary.conflict_rows / rows - before.metrics["conflicts"],
        uncovered_rows=round((before.metrics["coverage"] - covered) * rows),
        accuracy=measured.accuracy - then if measured is not None and then is not None else None,
    )


def _before(snapshot: Snapshot, fits: Sequence[ModelFit]) -> ModelFit | None:
    """Return the newest fit that is not of the present functions and gold."""
    names = snapshot.model_matrix.names
    versions = tuple(
        one.function.version for one in snapshot.functions if one.function.name in names
    )
    gold_rows = int((snapshot.dev_gold >= 0).sum())
    model = snapshot.model.model if snapshot.model else None
    now = (versions, gold_rows, model)
    return next((fit for fit in fits if (fit.versions, fit.gold_rows, fit.model) != now), None)
