"""Whether two snapshots of a project show the same figures, and functions as far as they were."""

from dataclasses import replace
from typing import Any

import numpy as np

from labeling.reweighting import same_weights
from labeling.snapshot import FunctionState, Snapshot
from labeling.stability import warning


def same_figures(snapshot: Snapshot, before: Snapshot) -> bool:
    """Tell whether nothing is other than it was but how far the work is."""
    return (
        _figures(snapshot) == _figures(before)
        and len(snapshot.functions) == len(before.functions)
        and all(map(_shows_same, snapshot.functions, before.functions))
        and np.array_equal(snapshot.dev_gold, before.dev_gold)
        and same_weights(snapshot.gold_weights, before.gold_weights)
        and np.array_equal(snapshot.annotated, before.annotated)
        and np.array_equal(snapshot.is_test, before.is_test)
    )


def same_states(snapshot: Snapshot, before: Snapshot) -> bool:
    """Tell whether all functions, where they are the same ones, are as far as they were."""
    return [one.status for one in snapshot.functions] == [one.status for one in before.functions]


def _figures(snapshot: Snapshot) -> tuple[object, ...]:
    """Return what figures follow from; of votes and labels, which objects they are."""
    columns = [id(snapshot.matrix.column(name)) for name in snapshot.matrix.names]
    made = (snapshot.posterior, snapshot.judged, snapshot.model, snapshot.end_model)
    return (
        snapshot.classes,
        snapshot.n_rows,
        snapshot.matrix.names,
        columns,
        snapshot.model_matrix.names,
        [id(one) for one in made],
    )


def _shows_same(state: FunctionState, before: FunctionState) -> bool:
    """Whether a function's figures are as before; until a new text ran they are the old one's.

    What they were earlier stands beside them in the list alone, which follows states.
    """
    names = ["function", "status", "earlier", "earlier_estimate"]
    if state.status in ("queued", "running"):
        names += ["run", "acceptance", "stability", "unchecked"]
    elif warning(state.stability) == warning(before.stability):
        names.append("stability")  # a check that found nothing shows nothing
    same: dict[str, Any] = {name: getattr(before, name) for name in names}
    return state.function.name == before.function.name and replace(state, **same) == before
