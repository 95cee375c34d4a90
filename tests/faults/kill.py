"""kill -9 while 50 threads annotate, and now and then while the project is being opened."""

import os
import random
import shutil
import signal
import time
from pathlib import Path

from storage import DuckDBOpener
from tests.faults.outcome import Outcome, lost_and_duplicated
from tests.faults.projects import acknowledged, forked, make_project, write_with_many_threads

_ROUNDS_OF_A_PROJECT = 20


def run(rounds: int, folder: Path) -> Outcome:
    """Kill a writer so many times; projects are judged, and begun anew, after 20 kills."""
    chance = random.Random(7)
    template = make_project(folder / "template")
    total = lost = duplicated = 0
    for first in range(0, rounds, _ROUNDS_OF_A_PROJECT):
        project, notes = folder / f"project-{first}", folder / f"acknowledged-{first}"
        shutil.copytree(template, project)
        for number in range(first, min(first + _ROUNDS_OF_A_PROJECT, rounds)):
            _kill_a_writer(project, notes, chance, while_opening=number % 5 == 4)
        sent = acknowledged(notes)
        missing, twice = lost_and_duplicated(project, sent)
        total, lost, duplicated = total + len(sent), lost + missing, duplicated + twice
        shutil.rmtree(project)
    return Outcome("kill -9 under 50 writers", rounds, total, lost, duplicated)


def _kill_a_writer(
    project: Path, notes: Path, chance: random.Random, *, while_opening: bool
) -> None:
    def write() -> int:
        write_with_many_threads(DuckDBOpener().open(project), notes)
        return 0

    before = notes.stat().st_size if notes.exists() else 0
    child = forked(write)
    deadline = time.monotonic() + 60
    while not while_opening and not (notes.exists() and notes.stat().st_size > before):
        assert time.monotonic() < deadline, "the writer acknowledged nothing"
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
