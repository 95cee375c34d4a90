"""The manifest beside an exported file: everything that decides what the file holds."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from labeling.export_labels import ExportCounts, ExportOptions, current_end_labels
from labeling.formula_cells import FORMULA
from labeling.snapshot import FunctionState, Snapshot
from labeling.store import Store


def manifest(
    store: Store, snapshot: Snapshot, options: ExportOptions, counts: ExportCounts
) -> dict[str, Any]:
    """Return the manifest of an export with these counts, as JSON values."""
    info = store.info()
    columns = options.chosen([column.name for column in store.columns()])
    return {
        "labelwright_manifest": 1,
        "project": info.name,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "classes": list(info.classes),
        "rows": {
            "in_project": snapshot.n_rows,
            "exported": counts.rows,
            "by_source": counts.by_source,
            "by_class": counts.by_class,
            "below_threshold": counts.below_threshold,
            "uncovered_dropped": counts.uncovered_dropped,
        },
        "options": {
            "labels": options.labels,
            "threshold": options.threshold,
            "uncovered": options.uncovered,
            "votes": options.votes,
            "rebalanced": options.rebalanced,
            "columns": list(columns),
        },
        "label_model": _label_model(snapshot),
        "end_model": _end_model(snapshot) if options.labels == "end-model" else None,
        "functions": [
            _function(state, state.function.name in snapshot.model_matrix.names)
            for state in snapshot.functions
        ],
        "imports": json.loads(store.imports().to_json(orient="records", date_format="iso")),
        "formula_cells": f"text has a ' before it where it starts with the pattern {FORMULA}",
        "tied_labels": "go to the class with the larger class balance, then to the first",
        "test_gold": "not used; its rows have the model's label, and no cell in the gold column",
    }


def _label_model(snapshot: Snapshot) -> dict[str, Any] | None:
    report = snapshot.model
    if report is None:
        return None
    return {
        "name": report.model,
        "chosen": report.chosen,
        "reason": report.reason,
        "fallback": report.fallback,
        "temperature": report.temperature,
        "seed": report.seed,
        "class_balance": dict(zip(snapshot.classes, report.class_balance, strict=True)),
        "dev_gold_rows": int((snapshot.dev_gold >= 0).sum()),
    }


def _end_model(snapshot: Snapshot) -> dict[str, Any]:
    """Describe the end model that the labels are of, with how it did on gold it had not seen."""
    labels = current_end_labels(snapshot)
    comparison = labels.comparison
    return {
        "name": labels.choice.classifier,
        "features": labels.choice.features,
        "seed": labels.choice.seed,
        "scikit_learn": version("scikit-learn"),
        "learned_rows": labels.learned_rows,
        "of_usable_rows": labels.usable_rows,
        "gold_rows": labels.gold_rows,
        "trained": labels.trained_at.isoformat(timespec="seconds"),
        "cross_validated": None if comparison is None else asdict(comparison),
    }


def _function(state: FunctionState, in_label_model: bool) -> dict[str, Any]:
    function = state.function
    return {
        "name": function.name,
        "kind": function.kind,
        "version": function.version,
        "source": function.source,
        "in_label_model": in_label_model,
    }
