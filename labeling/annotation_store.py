"""Gold and hand annotations as they are saved and read; a part of `labeling.store`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt

from labeling.draws import Draw


@dataclass(frozen=True, eq=False)
class Gold:
    """Known labels, one per row, sorted by row id.

    `row_ids` int64 (g,), `codes` int8 (g,), `is_test` bool (g,), `annotated` bool (g,):
    True where the label is a hand annotation, False where it was imported. `first` int64 (g,) is
    the number of the first label by hand that stands, 0 where there is none; `weights` float64
    (g,) the weight of the first such label whose draw is known (`Draw.weight`), NaN where none is.
    """

    row_ids: npt.NDArray[np.int64]
    codes: npt.NDArray[np.int8]
    is_test: npt.NDArray[np.bool_]
    annotated: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]


AnnotationAction = Literal["label", "skip", "clear", "decide", "reopen", "flag"]
WITH_CODE: tuple[AnnotationAction, ...] = ("label", "decide")
"""The actions that name a class."""
OF_REVIEWERS: tuple[AnnotationAction, ...] = ("decide", "reopen", "flag")
"""The actions of reviewers, whose latest one on a row counts; the others are of annotators."""
FLAGGABLE: tuple[AnnotationAction, ...] = ("label", "skip", "flag")
"""The actions that can flag a row."""


@dataclass(frozen=True)
class Annotation:
    """One hand-annotation event; events are only ever added.

    The latest of an annotator on a row counts: "clear" takes that annotator's label back. "decide"
    is a reviewer's decision on the row, whatever annotators say, and "reopen" takes it back.
    `flagged` asks that somebody looks at the row again; the reviewer's "flag" without it says that
    somebody did, and with it lets the flags stand again.
    `event_id` is made by the client, so that sending one twice saves it once. `code` is a class
    code for the actions WITH_CODE, else None. `draw` says how the row was chosen, None where that
    is not known.
    """

    event_id: UUID
    row_id: int
    action: AnnotationAction
    code: int | None
    annotator: str
    at: datetime
    seconds: float | None = None
    note: str = ""
    flagged: bool = False
    sequence: int | None = None
    draw: Draw | None = None


class AnnotationStore(Protocol):
    """What people said of rows, and the gold that follows from it."""

    def gold(self) -> Gold:
        """Return the known labels: imported gold, else what a reviewer decided or annotators agree.

        A row with as many annotators for one class as for another has none until it is decided.
        """
        ...

    def append_annotations(self, events: Sequence[Annotation]) -> int:
        """Save events not saved yet; return the highest sequence number."""
        ...

    def annotations(self, row_id: int | None = None) -> tuple[Annotation, ...]:
        """Return the events of one row, or all, in the order they were saved."""
        ...

    def annotations_since(self, sequence: int) -> tuple[Annotation, ...]:
        """Return the events with higher sequence numbers, in the order they were saved."""
        ...

    def labels_by_annotator(self) -> tuple[Annotation, ...]:
        """Return the label that each annotator gives each row now, by row and annotator."""
        ...

    def decisions(self) -> dict[int, Annotation]:
        """Return the reviewer's decision on each row that has one."""
        ...

    def flags(self) -> tuple[Annotation, ...]:
        """Return the answers whose flag stands, by row and in the order they were saved."""
        ...
