"""What the engine's work starts from: functions, gold and acceptances, read once a pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.functions import LabelingFunction
from labeling.models import DEFAULT_MODEL
from labeling.reweighting import gold_weights
from labeling.run_store import RunRecord
from labeling.store import Acceptance, ProjectInfo, Store
from labeling.unseen_gold import GoldAges


@dataclass(frozen=True, eq=False)
class Inputs:
    """A project at the beginning of a pass.

    `dev_gold` int8 (n,) with -1 where unknown, `annotated` bool (n,), `is_test` bool (n,).
    `gold_weights` as in `Snapshot`.
    """

    info: ProjectInfo
    n_rows: int
    functions: tuple[LabelingFunction, ...]
    dev_gold: npt.NDArray[np.int8]
    annotated: npt.NDArray[np.bool_]
    is_test: npt.NDArray[np.bool_]
    acceptances: Mapping[str, Acceptance]
    gold_ages: GoldAges
    gold_weights: npt.NDArray[np.float64] | None = None

    def may_label(self, record: RunRecord) -> bool:
        """Whether the votes of a run make labels: nothing is to be said against it, or accepted.

        Against it are its errors, and that its function learned from the labels themselves.
        """
        learned = any(f.version == record.version and f.kind == "model" for f in self.functions)
        fine = record.error_count == 0 and not learned
        return fine or record.version in self.acceptances

    def unseen_gold(self, names: Sequence[str]) -> npt.NDArray[np.int64]:
        """Return the rows whose dev gold came after the last edit of any of these functions."""
        rows = self.gold_ages.unseen_by_all(names)
        return rows[(self.dev_gold[rows] >= 0) & self.annotated[rows]]


def read_inputs(store: Store) -> Inputs:
    """Read the project's functions and gold; test gold is left out here, once and for all."""
    n_rows = store.row_count()
    gold = store.gold()
    dev_gold = np.full(n_rows, -1, dtype=np.int8)
    dev_gold[gold.row_ids[~gold.is_test]] = gold.codes[~gold.is_test]
    annotated = np.zeros(n_rows, dtype=np.bool_)
    annotated[gold.row_ids[gold.annotated]] = True
    is_test = np.zeros(n_rows, dtype=np.bool_)
    is_test[store.test_rows()] = True
    imported = int(np.count_nonzero(~gold.annotated & ~gold.is_test))
    candidates = n_rows - int(np.count_nonzero(is_test)) - imported
    return Inputs(
        info=store.info(),
        n_rows=n_rows,
        functions=store.functions(),
        dev_gold=dev_gold,
        annotated=annotated,
        is_test=is_test,
        acceptances=store.acceptances(),
        gold_ages=store.gold_ages(),
        gold_weights=gold_weights(gold, candidates),
    )


def model_choice(store: Store) -> tuple[str, int]:
    """Return the project's label model and seed."""
    return store.setting("model") or DEFAULT_MODEL, int(store.setting("seed") or 0)
