"""Gold laid out over all rows, as the engine and its snapshots use it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.annotation_store import Gold
from labeling.reweighting import gold_weights


@dataclass(frozen=True, eq=False)
class GoldRows:
    """What is known of n rows; it follows from `gold` and `test_rows` as the store gave them.

    `dev` int8 (n,) with -1 where unknown, `annotated` bool (n,), `is_test` bool (n,). `weights` as
    `gold_weights` of a `Snapshot`.
    """

    gold: Gold
    test_rows: npt.NDArray[np.int64]
    dev: npt.NDArray[np.int8]
    annotated: npt.NDArray[np.bool_]
    is_test: npt.NDArray[np.bool_]
    weights: npt.NDArray[np.float64] | None

    def follow_from(self, gold: Gold, test_rows: npt.NDArray[np.int64], n_rows: int) -> bool:
        """Whether the store gave the very same gold and test rows, of as many rows."""
        return self.gold is gold and self.test_rows is test_rows and self.dev.size == n_rows


def gold_rows(gold: Gold, test_rows: npt.NDArray[np.int64], n_rows: int) -> GoldRows:
    """Lay gold out over all rows; test gold is left out here, once and for all."""
    dev = np.full(n_rows, -1, dtype=np.int8)
    dev[gold.row_ids[~gold.is_test]] = gold.codes[~gold.is_test]
    annotated = np.zeros(n_rows, dtype=np.bool_)
    annotated[gold.row_ids[gold.annotated]] = True
    is_test = np.zeros(n_rows, dtype=np.bool_)
    is_test[test_rows] = True
    imported = int(np.count_nonzero(~gold.annotated & ~gold.is_test))
    candidates = n_rows - int(np.count_nonzero(is_test)) - imported
    return GoldRows(gold, test_rows, dev, annotated, is_test, gold_weights(gold, candidates))
