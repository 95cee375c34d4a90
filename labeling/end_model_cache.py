"""Keeps the labels of trained end models in the project's cache: a restart needs no training.

Numbers are kept as .npy and everything else as JSON; nothing that is read back can run code. The
classifier itself is not kept.
"""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from labeling.end_labels import (
    EndLabels,
    EndModelChoice,
    EndModelComparison,
    SideBySide,
    Standing,
)
from labeling.errors import ModelError

KEPT = 5
"""So many end models are kept, the newest ones."""


def keep(folder: Path, labels: EndLabels) -> None:
    """Write the labels of an end model, and forget the oldest beyond KEPT."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers, about = _files(folder, labels.key)
    unfinished = numbers.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.save(file, labels.probabilities, allow_pickle=False)
    unfinished.replace(numbers)
    unfinished.write_text(json.dumps(_record(labels), ensure_ascii=False), "utf-8")
    unfinished.replace(about)
    for outdated in _newest_first(folder)[KEPT:]:
        forget(folder, outdated)


def kept(folder: Path, key: str) -> EndLabels | None:
    """Return the labels kept under `key`, which then count as the newest; None without any.

    Raises:
        ModelError: they are damaged.
    """
    numbers, about = _files(folder, key)
    if not (numbers.is_file() and about.is_file()):
        return None
    try:
        record = json.loads(about.read_text("utf-8"))
        probabilities = np.load(numbers, allow_pickle=False)
        labels = _labels(record, probabilities)
        about.touch()
        return labels
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"The end model that was kept cannot be read ({error}).",
            where=str(about),
            remedy="Train it again.",
        ) from error


def newest(folder: Path) -> EndLabels | None:
    """Return the labels that were kept last, None where there are none."""
    keys = _newest_first(folder)
    return kept(folder, keys[0]) if keys else None


def forget(folder: Path, key: str) -> None:
    """Remove the labels kept under `key`."""
    for path in _files(folder, key):
        path.unlink(missing_ok=True)


def _files(folder: Path, key: str) -> tuple[Path, Path]:
    return folder / f"{key}.npy", folder / f"{key}.json"


def _newest_first(folder: Path) -> list[str]:
    written = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [path.stem for path in written]


def _record(labels: EndLabels) -> dict[str, Any]:
    return {
        "choice": asdict(labels.choice),
        "key": labels.key,
        "inputs": labels.inputs,
        "classes": labels.classes,
        "label_model": labels.label_model,
        "learned_rows": labels.learned_rows,
        "usable_rows": labels.usable_rows,
        "gold_rows": labels.gold_rows,
        "comparison": None if labels.comparison is None else asdict(labels.comparison),
        "trained_at": labels.trained_at.isoformat(),
        "seconds": labels.seconds,
    }


def _labels(record: dict[str, Any], probabilities: Any) -> EndLabels:
    classes = tuple(record["classes"])
    if probabilities.dtype != np.float32 or probabilities.shape[1:] != (len(classes),):
        raise ValueError(
            f"its numbers are {probabilities.dtype} of shape {probabilities.shape}, "
            f"not float32 for {len(classes)} classes"
        )
    comparison = record["comparison"]
    return EndLabels(
        choice=EndModelChoice(**record["choice"]),
        key=record["key"],
        inputs=record["inputs"],
        classes=classes,
        label_model=record["label_model"],
        probabilities=probabilities,
        learned_rows=record["learned_rows"],
        usable_rows=record["usable_rows"],
        gold_rows=record["gold_rows"],
        comparison=None if comparison is None else _comparison(comparison),
        trained_at=datetime.fromisoformat(record["trained_at"]),
        seconds=record["seconds"],
    )


def _comparison(record: dict[str, Any]) -> EndModelComparison:
    covered = record["covered"]
    return EndModelComparison(
        all_rows=_side_by_side(record["all_rows"]),
        covered=None if covered is None else _side_by_side(covered),
    )


def _side_by_side(record: dict[str, Any]) -> SideBySide:
    ways = {name: Standing(**record[name]) for name in ("end_model", "label_model", "majority")}
    return SideBySide(**{**record, **ways})
