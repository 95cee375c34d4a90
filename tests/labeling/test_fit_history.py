"""What changed between two versions of the label model."""

from dataclasses import replace
from datetime import UTC, datetime

from labeling.fit_history import FitChanges, changes_between
from labeling.store import ModelFit

FIRST = ModelFit(
    fit_id=1,
    model="majority",
    seed=0,
    functions=("stays", "goes", "is_edited"),
    versions=("s1", "g1", "e1"),
    gold_rows=4,
    metrics={"rows": 8.0},
    at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
)


def test_functions_are_added_removed_or_edited() -> None:
    """An edited function keeps its name and has another version."""
    now = replace(FIRST, functions=("stays", "is_edited", "comes"), versions=("s1", "e2", "c1"))
    assert changes_between(FIRST, now) == FitChanges(
        added=("comes",), removed=("goes",), edited=("is_edited",),
        gold_rows=(4, 4), rows=(8, 8), model=("majority", "majority"), seed=(0, 0),
    )  # fmt: skip


def test_gold_rows_and_model_are_told_before_and_now() -> None:
    """Each pair holds both values."""
    now = replace(FIRST, model="auto", seed=7, gold_rows=6, metrics={"rows": 9.0})
    changes = changes_between(FIRST, now)
    assert (changes.model, changes.seed) == (("majority", "auto"), (0, 7))
    assert (changes.gold_rows, changes.rows) == ((4, 6), (8, 9))
