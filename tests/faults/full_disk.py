"""A disk that fills up at different points of writing, and then has space again."""

import logging
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from labeling.annotation_store import Annotation
from labeling.errors import ProjectError
from labeling.store import Store
from storage import DuckDBOpener
from tests.faults.outcome import Outcome, lost_and_duplicated
from tests.faults.projects import acknowledged, forked, label, make_project

_DISK_MB = 80
_BATCH = 50


class CannotMountError(Exception):
    """This user may not mount a small disk here."""


def run(rounds: int, folder: Path) -> Outcome:
    """Fill a small disk at `rounds` points: in the log, the journal or a checkpoint."""
    template = make_project(folder / "template")
    total = lost = duplicated = 0
    slowest = 0.0
    fatal = 0
    for number in range(rounds):
        with _small_disk(folder / "disk") as disk:
            project, notes = disk / "project", folder / f"acknowledged-{number}"
            shutil.copytree(template, project)
            free_kb = 1_000 + number * 50_000 // rounds
            report = folder / f"report-{number}"
            child = forked(lambda: _fill_and_free(project, notes, free_kb, report))  # noqa: B023
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) == 0, f"round {number} failed"
            seconds, reopened = report.read_text().split()
            slowest, fatal = max(slowest, float(seconds)), fatal + int(reopened)
            sent = acknowledged(notes)
            missing, twice = lost_and_duplicated(project, sent)
            total, lost, duplicated = total + len(sent), lost + missing, duplicated + twice
    detail = f"{fatal} fatal errors; works again after {slowest:.2f} s at most"
    return Outcome("disk full", rounds, total, lost, duplicated, slowest_s=slowest, detail=detail)


def _fill_and_free(project: Path, notes: Path, free_kb: int, report: Path) -> int:
    """Annotate until there is no space; then free some, annotate on, and end as if killed."""
    warnings = _Counter()
    logging.getLogger("storage.database").addHandler(warnings)
    store = DuckDBOpener().open(project)
    filler = project.with_name("filler")
    usable = os.statvfs(project)
    _fill(filler, usable.f_bavail * usable.f_frsize - free_kb * 1024)
    with notes.open("a") as sent:
        refused = _annotate_until_refused(store, sent.write)
        try:
            store.annotations(0)
        except ProjectError as error:
            assert "could not be read" in str(error) or "no space left" in str(error), error
        filler.unlink()
        started = time.monotonic()
        _until_it_works(lambda: store.annotations(0))
        _until_it_works(lambda: store.append_annotations(refused))
        seconds = time.monotonic() - started
        after = [label(row) for row in range(_BATCH)]
        store.append_annotations(after)
        for event in (*refused, *after):
            sent.write(f"{event.event_id}\n")
    report.write_text(f"{seconds} {warnings.count}")
    os._exit(0)  # a store that is let go first would be tidied up


def _annotate_until_refused(store: Store, note: Callable[[str], int]) -> list[Annotation]:
    while True:
        events = [label(row, _long_note()) for row in range(_BATCH)]
        try:
            store.append_annotations(events)
        except ProjectError as error:
            assert "Make sure the disk has free space" in str(error), error
            return events
        for event in events:
            note(f"{event.event_id}\n")


def _long_note() -> str:
    """Return text that cannot be compressed, so that a checkpoint needs the space, too."""
    return os.urandom(5_000).hex()


def _until_it_works(attempt: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            attempt()
        except ProjectError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _fill(path: Path, size: int) -> None:
    with path.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)


class _Counter(logging.Handler):
    """Counts the times that the database was opened again."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += "opened again" in record.getMessage()


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    place.mkdir()
    options = f"size={_DISK_MB}m"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        place.rmdir()
        raise CannotMountError(mounted.stderr.strip())
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()
