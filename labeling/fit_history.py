"""Keeps one line of history for each label-model fit that differs from the one before.

`changes_between` tells what the difference is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from labeling.snapshot import Snapshot
from labeling.store import ModelFit, Store


def record_fit(store: Store, snapshot: Snapshot) -> None:
    """Record the fit behind a snapshot, unless the last one recorded had the same inputs."""
    report = snapshot.model
    if report is None:
        return
    names = snapshot.model_matrix.names
    in_model = [state for state in snapshot.functions if state.function.name in names]
    gold_rows = int((snapshot.dev_gold >= 0).sum())
    versions = tuple(state.function.version for state in in_model)
    identity = (report.model, report.seed, versions, gold_rows, snapshot.n_rows)
    if any(identity == _identity(fit) for fit in store.fits(1)):
        return
    metrics = {
        "rows": float(snapshot.n_rows),
        "coverage": float(snapshot.model_matrix.covered.mean()) if snapshot.n_rows else 0.0,
        "conflicts": snapshot.summary.conflict_rows / max(snapshot.n_rows, 1),
    }
    measured = report.measured
    if measured is not None:
        metrics |= {
            "accuracy": measured.accuracy,
            "majority_accuracy": measured.majority,
            "evaluated": float(measured.rows),
        }
    store.save_fit(
        ModelFit(
            fit_id=None,
            model=report.model,
            seed=report.seed,
            functions=tuple(state.function.name for state in in_model),
            versions=versions,
            gold_rows=gold_rows,
            metrics=metrics,
            at=datetime.now(UTC),
        )
    )


@dataclass(frozen=True)
class FitChanges:
    """What is different in a fit; pairs hold the value before and the value now."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    edited: tuple[str, ...]
    gold_rows: tuple[int, int]
    rows: tuple[int, int]
    model: tuple[str, str]
    seed: tuple[int, int]


def changes_between(before: ModelFit, now: ModelFit) -> FitChanges:
    """Return what changed from one fit to a later one, functions by name in their order."""
    old = dict(zip(before.functions, before.versions, strict=True))
    new = dict(zip(now.functions, now.versions, strict=True))
    return FitChanges(
        added=tuple(name for name in new if name not in old),
        removed=tuple(name for name in old if name not in new),
        edited=tuple(name for name in new if name in old and new[name] != old[name]),
        gold_rows=(before.gold_rows, now.gold_rows),
        rows=(int(before.metrics["rows"]), int(now.metrics["rows"])),
        model=(before.model, now.model),
        seed=(before.seed, now.seed),
    )


def _identity(fit: ModelFit) -> tuple[object, ...]:
    """Return what a fit depends on; two fits with the same are the same."""
    return (fit.model, fit.seed, fit.versions, fit.gold_rows, int(fit.metrics["rows"]))
