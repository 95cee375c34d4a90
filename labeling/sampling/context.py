"""What samplers may look at."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from labeling.votes import LabelMatrix

RowIds = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SamplingContext:
    """A project at the moment of a draw.

    `posterior` float64 (n, k), None before the first fit. `labelled` bool (n,): rows that have a
    label already. `eligible` bool (n,): rows that may be annotated at all. `gold` int8 (n,): dev
    gold, -1 where unknown; None where there is none. `texts` gives the texts of rows, None where
    there are none to read. `found` bool (n,): the hits of the annotator's search, None without one.
    """

    matrix: LabelMatrix
    posterior: npt.NDArray[np.float64] | None
    labelled: Mask
    eligible: Mask
    gold: npt.NDArray[np.int8] | None = None
    texts: Callable[[RowIds], list[str]] | None = None
    found: Mask | None = None

    @cached_property
    def candidates(self) -> Mask:
        """Rows that may be annotated and are not yet, bool (n,)."""
        return self.eligible & ~self.labelled
