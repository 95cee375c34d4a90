"""What an export holds: its options, the label each row gets, and how many of each there are.

A label is the row's dev gold where there is one (imported gold before a hand annotation), else
the label model's or, where that is asked for, the end model's. Gold of the test split is never
exported as a label: those rows carry the model's, so that the file can be judged on them. The label
model has no label for rows without evidence; the end model labels every row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from labeling.end_inputs import is_outdated
from labeling.end_labels import EndLabels
from labeling.errors import ExportError
from labeling.snapshot import Snapshot

Source = Literal["gold", "annotation", "model", "uncovered", "end_model"]
SOURCES: tuple[Source, ...] = ("gold", "annotation", "model", "uncovered", "end_model")
GOLD, ANNOTATION, MODEL, UNCOVERED, END_MODEL = range(5)

LabelsFrom = Literal["label-model", "end-model"]
LABELS_FROM: dict[LabelsFrom, tuple[Source, ...]] = {
    "label-model": ("gold", "annotation", "model", "uncovered"),
    "end-model": ("gold", "annotation", "end_model"),
}
"""Each model that labels can be taken from, with the sources that labels then have."""


@dataclass(frozen=True)
class ExportOptions:
    """What to export.

    Rows whose confidence is below `threshold` (0 to 1) are left out; `uncovered` rows, on which no
    function votes and that have no gold, are kept or dropped. `columns` None means every column of
    the data. `rebalanced` labels are the classes that votes raise most above the class balance,
    which finds more rows of rare classes and is right less often; confidence stays the probability
    of the label. Labels of an end model are never rebalanced.
    """

    threshold: float = 0.0
    uncovered: Literal["keep", "drop"] = "keep"
    votes: bool = False
    columns: tuple[str, ...] | None = None
    rebalanced: bool = False
    labels: LabelsFrom = "label-model"

    def __post_init__(self) -> None:
        if not 0.0 <= self.threshold <= 1.0:
            raise ExportError(
                f"The threshold {self.threshold:g} is no probability.",
                remedy="Give a number from 0 to 1.",
            )
        if self.uncovered not in ("keep", "drop"):
            raise ExportError(
                f"Unknown choice {self.uncovered!r} for uncovered rows.", choices=["keep", "drop"]
            )
        if self.labels not in LABELS_FROM:
            raise ExportError(
                f"Labels cannot come from {self.labels!r}.", choices=list(LABELS_FROM)
            )

    def chosen(self, available: Sequence[str]) -> tuple[str, ...]:
        """Return the chosen columns of those available; ExportError names one that is not there."""
        if self.columns is None:
            return tuple(available)
        unknown = [name for name in self.columns if name not in available]
        if unknown:
            raise ExportError(f"There is no column {unknown[0]!r}.", choices=available)
        return self.columns


@dataclass(frozen=True, eq=False)
class Labels:
    """The label of every row.

    `codes` int8 (n,), -1 for none; `confidence` float64 (n,), nan for none; `sources` int8 (n,)
    into SOURCES, those `possible` here; `probabilities` float64 (n, k). `kept` bool (n,), and of
    the others `unsure` (n,): left out for their confidence.
    """

    codes: npt.NDArray[np.int8]
    confidence: npt.NDArray[np.float64]
    sources: npt.NDArray[np.int8]
    probabilities: npt.NDArray[np.float64]
    kept: npt.NDArray[np.bool_]
    unsure: npt.NDArray[np.bool_]
    possible: tuple[Source, ...]


@dataclass(frozen=True)
class ExportCounts:
    """How many rows an export holds: by source, by class, and left out."""

    rows: int
    by_source: dict[str, int]
    by_class: dict[str, int]
    below_threshold: int
    uncovered_dropped: int


def choose_labels(snapshot: Snapshot, options: ExportOptions) -> Labels:
    """Choose each row's label: gold, then annotation, then the label model or the end model.

    Raises:
        ExportError: the end model is asked for, and there is none of the present labels.
    """
    k = len(snapshot.classes)
    if options.labels == "end-model":
        end = current_end_labels(snapshot)
        codes, probabilities = end.codes.copy(), end.probabilities.astype(np.float64)
        sources = np.full(codes.size, END_MODEL, dtype=np.int8)
    else:
        codes = (snapshot.rebalanced_labels if options.rebalanced else snapshot.labels).copy()
        probabilities = _posterior(snapshot)
        sources = np.where(codes >= 0, MODEL, UNCOVERED).astype(np.int8)
    known = np.flatnonzero(snapshot.dev_gold >= 0)
    codes[known] = snapshot.dev_gold[known]
    sources[known] = np.where(snapshot.annotated[known], ANNOTATION, GOLD)
    probabilities[known] = np.eye(k)[snapshot.dev_gold[known]]
    own = probabilities[np.arange(snapshot.n_rows), np.maximum(codes, 0)]
    confidence = np.where(sources == UNCOVERED, np.nan, own)
    kept = np.ones(snapshot.n_rows, dtype=np.bool_)
    if options.uncovered == "drop":
        voted_or_known = snapshot.model_matrix.covered | (snapshot.dev_gold >= 0)
        kept = voted_or_known & (sources != UNCOVERED)
    unsure = kept & (sources != UNCOVERED) & (confidence < options.threshold)
    return Labels(
        codes=codes,
        confidence=confidence,
        sources=sources,
        probabilities=probabilities,
        kept=kept & ~unsure,
        unsure=unsure,
        possible=LABELS_FROM[options.labels],
    )


def current_end_labels(snapshot: Snapshot) -> EndLabels:
    """Return the labels of the end model that was trained on the present votes and gold.

    Raises:
        ExportError: there is none, or it is outdated.
    """
    labels = snapshot.end_model.labels
    if labels is None:
        raise ExportError(
            "There is no end model to take labels from.",
            remedy="Train one: on the Dashboard, or with cli.py end-model PROJECT.",
        )
    if is_outdated(snapshot):
        raise ExportError(
            "The end model was trained on an earlier version of votes or gold.",
            remedy="Train it again: on the Dashboard, or with cli.py end-model PROJECT.",
        )
    return labels


def count_labels(snapshot: Snapshot, labels: Labels) -> ExportCounts:
    """Count what an export with these labels holds."""
    kept_sources = labels.sources[labels.kept]
    kept_codes = labels.codes[labels.kept]
    return ExportCounts(
        rows=int(labels.kept.sum()),
        by_source={
            name: int((kept_sources == SOURCES.index(name)).sum()) for name in labels.possible
        },
        by_class={name: int((kept_codes == i).sum()) for i, name in enumerate(snapshot.classes)},
        below_threshold=int(labels.unsure.sum()),
        uncovered_dropped=int((~labels.kept & ~labels.unsure).sum()),
    )


def _posterior(snapshot: Snapshot) -> npt.NDArray[np.float64]:
    """Return the label model's probabilities (n, k), even ones before the first fit."""
    if snapshot.posterior is not None:
        return snapshot.posterior.copy()
    k = len(snapshot.classes)
    return np.full((snapshot.n_rows, k), 1.0 / k)
