"""Where a project's backups lie, and how one is put in the place of a damaged database."""

from pathlib import Path

BACKUPS = "backups"


def newest_backup(folder: Path) -> Path | None:
    """Return the newest backup in the project's folder; their names tell when they were made."""
    found = sorted(path.parent for path in (folder / BACKUPS).glob("[0-9]*/project.duckdb"))
    return found[-1] if found else None


def restore_instructions(folder: Path) -> str:
    """Say how to get a project back whose database cannot be opened."""
    newest = newest_backup(folder)
    source = f"{newest}/project.duckdb" if newest else "project.duckdb of your last backup"
    return (
        f"Restore it: move project.duckdb and project.duckdb.wal away, copy {source} in their "
        "place, and keep annotations.jsonl: it brings back the annotations made since."
    )
