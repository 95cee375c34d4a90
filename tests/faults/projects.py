"""Projects to hurt, and writers that can be killed in the middle of it."""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from labeling.annotation_store import Annotation
from labeling.store import ImportPlan, ProjectInfo, Store
from storage import DuckDBOpener

ROWS = 1_000
THREADS = 50


def make_project(folder: Path) -> Path:
    """Make a project of rows without annotations, closed."""
    data = folder.with_name(f"{folder.name}.csv")
    data.write_text("text\n" + "".join(f"message {row}\n" for row in range(ROWS)), "utf-8")
    store = DuckDBOpener().create(folder, ProjectInfo("faults", ("ham", "spam")))
    store.import_rows(ImportPlan(data, "text"))
    store.close()
    return folder


def label(row_id: int, note: str = "") -> Annotation:
    """Return a new event that labels a row."""
    return Annotation(uuid4(), row_id, "label", 1, "ann", datetime.now(UTC), note=note)


def forked(work: Callable[[], int]) -> int:
    """Start a process that works and ends without tidying up; return its id.

    The fork must come before this process has opened a database.
    """
    child = os.fork()
    if child == 0:
        status = 70
        try:
            status = work()
        finally:
            os._exit(status)
    return child


def write_with_many_threads(store: Store, acknowledgements: Path, each: int | None = None) -> None:
    """Annotate from 50 threads, every twentieth event twice; note what was acknowledged.

    A note is one small append to a file, so that it outlives the process as a whole line.
    """
    notes = os.open(acknowledgements, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def write() -> None:
        number = 0
        while each is None or number < each:
            event = label(number % ROWS)
            for _ in range(2 if number % 20 == 0 else 1):
                store.append_annotations([event])
            os.write(notes, f"{event.event_id}\n".encode())
            number += 1

    threads = [threading.Thread(target=write) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os.close(notes)


def acknowledged(acknowledgements: Path) -> set[str]:
    """Return the ids of the events that were acknowledged."""
    return set(acknowledgements.read_text().split()) if acknowledgements.exists() else set()
