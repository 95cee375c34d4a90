"""What an export holds: its options, the label each row gets, and how many of each there are.

A label is the row's dev gold where there is one (imported gold before a hand annotation), else
the label model's. Gold of the test split is never exported as a label: those rows carry the
model's, so that the file can be judged on them. Rows without evidence have no label.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from labeling.errors import ExportError
from labeling.snapshot import Snapshot

Source = Literal["gold", "annotation", "model", "uncovered"]
SOURCES: tuple[Source, ...] = ("gold", "annotation", "model", "uncovered")
GOLD, ANNOTATION, MODEL, UNCOVERED = range(4)


@dataclass(frozen=True)
class ExportOptions:
    """What to export.

    Rows whose confidence is below `threshold` (0 to 1) are left out; `uncovered` rows, which have
    no label, are kept or dropped. `columns` None means every column of the data. `rebalanced`
    labels are the classes that votes raise most above the class balance, which finds more rows of
    rare classes and is right less often; confidence stays the probability of the label.
    """

    threshold: float = 0.0
    uncovered: Literal["keep", "drop"] = "keep"
    votes: bool = False
    columns: tuple[str, ...] | None = None
    rebalanced: bool = False

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
    into SOURCES; `probabilities` float64 (n, k); `kept` bool (n,).
    """

    codes: npt.NDArray[np.int8]
    confidence: npt.NDArray[np.float64]
    sources: npt.NDArray[np.int8]
    probabilities: npt.NDArray[np.float64]
    kept: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ExportCounts:
    """How many rows an export holds: by source, by class, and left out."""

    rows: int
    by_source: dict[str, int]
    by_class: dict[str, int]
    below_threshold: int
    uncovered_dropped: int


def choose_labels(snapshot: Snapshot, options: ExportOptions) -> Labels:
    """Choose each row's label: gold, then annotation, then the label model."""
    n, k = snapshot.n_rows, len(snapshot.classes)
    if snapshot.posterior is None:
        probabilities = np.full((n, k), 1.0 / k)
    else:
        probabilities = snapshot.posterior.copy()
    codes = (snapshot.rebalanced_labels if options.rebalanced else snapshot.labels).copy()
    sources = np.where(codes >= 0, MODEL, UNCOVERED).astype(np.int8)
    known = np.flatnonzero(snapshot.dev_gold >= 0)
    codes[known] = snapshot.dev_gold[known]
    sources[known] = np.where(snapshot.annotated[known], ANNOTATION, GOLD)
    probabilities[known] = np.eye(k)[snapshot.dev_gold[known]]
    own = probabilities[np.arange(n), np.maximum(codes, 0)]
    confidence = np.where(sources == UNCOVERED, np.nan, own)
    kept = (sources == UNCOVERED) | (confidence >= options.threshold)
    if options.uncovered == "drop":
        kept &= sources != UNCOVERED
    return Labels(codes, confidence, sources, probabilities, kept)


def count_labels(snapshot: Snapshot, labels: Labels) -> ExportCounts:
    """Count what an export with these labels holds."""
    kept_sources = labels.sources[labels.kept]
    kept_codes = labels.codes[labels.kept]
    dropped = labels.sources[~labels.kept]
    return ExportCounts(
        rows=int(labels.kept.sum()),
        by_source={name: int((kept_sources == i).sum()) for i, name in enumerate(SOURCES)},
        by_class={name: int((kept_codes == i).sum()) for i, name in enumerate(snapshot.classes)},
        below_threshold=int((dropped != UNCOVERED).sum()),
        uncovered_dropped=int((dropped == UNCOVERED).sum()),
    )
