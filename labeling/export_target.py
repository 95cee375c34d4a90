"""Where an export may be written: never over the project, and where it can be, checked first.

Functions may run for hours before an export; a target that cannot do is refused before they do.
"""

import os
from pathlib import Path

from labeling.errors import ExportError


def manifest_of(path: Path) -> Path:
    """Return the path of the manifest beside an exported CSV."""
    return path.with_suffix(".manifest.json")


def check_target(path: Path, project: Path) -> None:
    """Raise an ExportError where an export of the project in this folder cannot go to `path`."""
    if path.suffix.lower() != ".csv":
        raise ExportError(
            "An export is a CSV file.",
            where=str(path),
            remedy="Give a name that ends in .csv, for example labels.csv.",
        )
    place = path.resolve()
    if place.is_relative_to(project.resolve()) and place.parent != project.resolve() / "exports":
        raise ExportError(
            "This is inside the project's own folder, which holds its database.",
            where=str(path),
            remedy=f"Choose a place outside of it, or {project / 'exports'}.",
        )
    for file in (path, manifest_of(path)):
        if file.exists() and not file.is_file():
            raise ExportError(
                "There is something at this place that is no file.",
                where=str(file),
                remedy="Choose another name.",
            )
    if not (path.parent.is_dir() and os.access(path.parent, os.W_OK | os.X_OK)):
        raise ExportError(
            "This is no folder that can be written to.",
            where=str(path.parent),
            remedy="Create it, or choose another.",
        )
