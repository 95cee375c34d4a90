"""The write-ahead log cut short or deleted, which DuckDB opens without a word."""

import os
import random
import shutil
from pathlib import Path

import duckdb

from storage import DuckDBOpener
from tests.faults.outcome import Outcome, lost_and_duplicated
from tests.faults.projects import acknowledged, forked, make_project, write_with_many_threads

LOG = "project.duckdb.wal"


def killed_project(folder: Path, notes: Path, each: int = 4) -> Path:
    """Make a project whose annotations are in the write-ahead log only."""
    project = make_project(folder)

    def write() -> int:
        store = DuckDBOpener().open(project)
        write_with_many_threads(store, notes, each)
        os._exit(0)  # a store that is let go first would be tidied up

    os.waitpid(forked(write), 0)
    assert (project / LOG).stat().st_size > 0
    return project


def run(rounds: int, folder: Path) -> Outcome:
    """Cut the log at so many places (the first time at 0: deleted), and open the project."""
    chance = random.Random(11)
    project = killed_project(folder / "project", folder / "acknowledged")
    sent = acknowledged(folder / "acknowledged")
    lost = duplicated = lost_by_duckdb = 0
    for number in range(rounds):
        copy = folder / "copy"
        shutil.copytree(project, copy)
        _cut(copy / LOG, 0 if number == 0 else chance.randrange((copy / LOG).stat().st_size))
        lost_by_duckdb += len(sent) - _events_without_journal(copy, folder / "alone")
        missing, twice = lost_and_duplicated(copy, sent)
        lost, duplicated = lost + missing, duplicated + twice
        shutil.rmtree(copy)
    return Outcome(
        "write-ahead log cut or deleted",
        rounds,
        rounds * len(sent),
        lost,
        duplicated,
        detail=f"DuckDB alone lost {lost_by_duckdb:,}; all replayed",
    )


def _cut(log: Path, size: int) -> None:
    if size:
        os.truncate(log, size)
    else:
        log.unlink()


def _events_without_journal(project: Path, alone: Path) -> int:
    shutil.copytree(project, alone)
    with duckdb.connect(str(alone / "project.duckdb")) as connection:
        found = connection.execute("SELECT count(*) FROM annotation_events").fetchall()[0][0]
    shutil.rmtree(alone)
    return int(found)
