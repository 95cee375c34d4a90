"""One byte changed in the database file or in its write-ahead log, as a failing disk does."""

import os
import random
import shutil
from collections import Counter
from pathlib import Path

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from storage import DuckDBOpener, doctor
from tests.faults.damaged_log import LOG, killed_project
from tests.faults.outcome import Outcome
from tests.faults.projects import ROWS, acknowledged, forked

_SAME, _REFUSED, _FOUND_BY_DOCTOR, _WRONG = range(4)


def run(rounds: int, folder: Path) -> Outcome:
    """Flip a byte so often, by turns in file and log; `lost` counts wrong contents unseen."""
    chance = random.Random(13)
    project = killed_project(folder / "project", folder / "acknowledged")
    shutil.copytree(project, folder / "closed")
    store = DuckDBOpener().open(folder / "closed")
    truth = store.annotations()
    store.close()
    outcomes: Counter[int] = Counter()
    copy = folder / "copy"
    for number in range(rounds):
        source, name = ((folder / "closed", "project.duckdb"), (project, LOG))[number % 2]
        shutil.copytree(source, copy)
        _flip(copy / name, chance)
        _, status = os.waitpid(forked(lambda: _opened(copy, truth)), 0)
        outcomes[os.waitstatus_to_exitcode(status)] += 1
        shutil.rmtree(copy)
    harmless, refused = outcomes[_SAME], outcomes[_REFUSED]
    found = outcomes[_FOUND_BY_DOCTOR]
    wrong = rounds - harmless - refused - found
    return Outcome(
        "byte flipped in file or log",
        rounds,
        len(acknowledged(folder / "acknowledged")),
        wrong,
        0,
        detail=f"{refused} refused, {found} found by doctor, {harmless} without effect or replayed",
    )


def _flip(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def _opened(project: Path, truth: tuple[Annotation, ...]) -> int:
    """Open a project whose file was changed and compare all of it with the truth."""
    try:
        store = DuckDBOpener().open(project)
    except ProjectError:
        return _REFUSED
    try:
        texts = store.read_rows(range(ROWS))["text"].to_pylist()
        whole = texts == [f"message {row}" for row in range(ROWS)]
        whole = whole and store.annotations() == truth
        store.close()
    except Exception:  # noqa: BLE001 - any error is a damage that was seen
        return _REFUSED
    if whole:
        return _SAME
    return _WRONG if all(check.fine for check in doctor.examine(project)) else _FOUND_BY_DOCTOR
