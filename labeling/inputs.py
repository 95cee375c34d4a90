"""What the engine's work starts from: functions, gold and acceptances, read once a pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from labeling.functions import LabelingFunction
from labeling.gold_rows import GoldRows, gold_rows
from labeling.models import DEFAULT_MODEL
from labeling.run_store import RunRecord
from labeling.store import Acceptance, ProjectInfo, Store
from labeling.unseen_gold import GoldAges


@dataclass(frozen=True, eq=False)
class Inputs:
    """A project at the beginning of a pass."""

    info: ProjectInfo
    n_rows: int
    functions: tuple[LabelingFunction, ...]
    gold: GoldRows
    acceptances: Mapping[str, Acceptance]
    gold_ages: GoldAges

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
        return rows[(self.gold.dev[rows] >= 0) & self.gold.annotated[rows]]


def read_inputs(store: Store, before: Inputs | None = None) -> Inputs:
    """Read the project's functions and gold; what `before` has of the same gold is taken over."""
    n_rows, gold, test_rows = store.row_count(), store.gold(), store.test_rows()
    known = before is not None and before.gold.follow_from(gold, test_rows, n_rows)
    return Inputs(
        info=store.info(),
        n_rows=n_rows,
        functions=store.functions(),
        gold=before.gold if before and known else gold_rows(gold, test_rows, n_rows),
        acceptances=store.acceptances(),
        gold_ages=store.gold_ages(),
    )


def model_choice(store: Store) -> tuple[str, int]:
    """Return the project's label model and seed."""
    return store.setting("model") or DEFAULT_MODEL, int(store.setting("seed") or 0)
