"""Writes the labelled CSV and the manifest that explains it, both whole or neither."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from labeling.errors import ExportError
from labeling.export_csv import csv_blocks
from labeling.export_labels import ExportCounts, ExportOptions, choose_labels, count_labels
from labeling.export_target import manifest_of
from labeling.manifest import manifest
from labeling.snapshot import Snapshot
from labeling.store import Progress, Store


@dataclass(frozen=True)
class ExportResult:
    """Where an export was written and what it holds."""

    path: Path
    manifest_path: Path
    counts: ExportCounts


def write_export(
    store: Store,
    snapshot: Snapshot,
    options: ExportOptions,
    path: Path,
    progress: Progress | None = None,
) -> ExportResult:
    """Write the CSV and, beside it, its manifest; both are left as they were until both are whole.

    Raises:
        ExportError: it cannot be written.
    """
    labels = choose_labels(snapshot, options)
    counts = count_labels(snapshot, labels)
    manifest_path = manifest_of(path)
    csv_part, manifest_part = _unfinished(path), _unfinished(manifest_path)
    digest = hashlib.sha256()
    try:
        with csv_part.open("wb") as file:
            for block in csv_blocks(store, snapshot, labels, options, progress):
                digest.update(block)
                file.write(block)
        described = manifest(store, snapshot, options, counts)
        described["file"] = {"name": path.name, "sha256": digest.hexdigest()}
        text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
        manifest_part.write_text(text, "utf-8")
        csv_part.replace(path)
        manifest_part.replace(manifest_path)
    except OSError as error:
        raise ExportError(
            f"The export could not be written ({error.strerror}).",
            where=str(path),
            remedy="Choose a folder that exists, can be written to and has room.",
        ) from error
    finally:
        for part in (csv_part, manifest_part):
            part.unlink(missing_ok=True)
    return ExportResult(path, manifest_path, counts)


def _unfinished(path: Path) -> Path:
    return path.with_name(path.name + ".part")
