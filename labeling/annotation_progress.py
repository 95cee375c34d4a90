"""How far a project is annotated: the rows that may be annotated, and those that are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.snapshot import Snapshot


@dataclass(frozen=True)
class AnnotationProgress:
    """`labelled` of the `total` rows that may be annotated have a label by hand."""

    labelled: int
    total: int


def annotation_progress(
    snapshot: Snapshot, labelled: npt.NDArray[np.bool_], check_share: float
) -> AnnotationProgress:
    """Count the rows that annotators may get, and those among them that are `labelled`, bool (n,).

    Test rows are never annotated, and rows with imported gold only as checks of the annotator. Of
    these as many are counted as `check_share` of the queues is expected to hold, and not those that
    came: a total that grew with a row would tell that it was a check.
    """
    may_come = ~snapshot.is_test & ~snapshot.imported_gold
    open_rows, known = int(may_come.sum()), int(snapshot.imported_gold.sum())
    checks = min(known, round(open_rows * check_share / (1 - check_share)))
    done = int((labelled & ~snapshot.is_test & (may_come | (checks > 0))).sum())
    return AnnotationProgress(done, max(open_rows + checks, done))
