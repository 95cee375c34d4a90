"""Which class an annotator is offered for a row: the label model's, or the end model's."""

from collections.abc import Sequence
from dataclasses import dataclass

from labeling.export_labels import LabelsFrom
from labeling.snapshot import Snapshot


@dataclass(frozen=True)
class Suggestion:
    """A class code and how probable it is."""

    code: int
    confidence: float


def suggestions(
    snapshot: Snapshot, row_ids: Sequence[int], labels_from: LabelsFrom
) -> tuple[Suggestion | None, ...]:
    """Return a suggestion for each row, None where the model has none.

    The label model has none for uncovered rows. The end model may be outdated, as every annotation
    makes it; it has none for rows that came after its training.
    """
    if labels_from == "end-model":
        return tuple(_of_end_model(snapshot, row_id) for row_id in row_ids)
    return tuple(_of_label_model(snapshot, row_id) for row_id in row_ids)


def _of_end_model(snapshot: Snapshot, row_id: int) -> Suggestion | None:
    labels = snapshot.end_model.labels
    if labels is None or row_id >= labels.n_rows:
        return None
    return Suggestion(int(labels.codes[row_id]), float(labels.probabilities[row_id].max()))


def _of_label_model(snapshot: Snapshot, row_id: int) -> Suggestion | None:
    if snapshot.posterior is None or snapshot.labels[row_id] < 0:
        return None
    return Suggestion(int(snapshot.labels[row_id]), float(snapshot.posterior[row_id].max()))
