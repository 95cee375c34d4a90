"""50 annotators with 200 labels each, one in twenty sent twice, through the use case itself."""

import threading
import time
from pathlib import Path

from labeling.execution.local import LocalExecutor
from labeling.project import Project
from storage import DuckDBOpener
from tests.faults.outcome import Outcome, lost_and_duplicated
from tests.faults.projects import ROWS, THREADS, label, make_project


def run(rounds: int, folder: Path) -> Outcome:
    """Annotate in a running project; `rounds` is the number of labels of each annotator."""
    make_project(folder / "project")
    executor = LocalExecutor()
    waits: list[float] = []
    sent: set[str] = set()

    def annotate(project: Project, annotator: int) -> None:
        for number in range(rounds):
            event = label((annotator * rounds + number) % ROWS)
            for _ in range(2 if number % 20 == 0 else 1):
                started = time.perf_counter()
                project.annotate([event])
                waits.append(time.perf_counter() - started)
            sent.add(str(event.event_id))

    with Project(folder / "project", DuckDBOpener().open(folder / "project"), executor) as project:
        project.start()
        threads = [
            threading.Thread(target=annotate, args=(project, number)) for number in range(THREADS)
        ]
        started = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - started
    executor.close()
    lost, duplicated = lost_and_duplicated(folder / "project", sent)
    return Outcome(
        f"50 annotators x {rounds} labels, 5 % sent twice",
        1,
        len(sent),
        lost + THREADS * rounds - len(sent),
        duplicated,
        p95_ms=1000 * sorted(waits)[int(0.95 * len(waits))],
        detail=f"{len(waits) / seconds:,.0f} calls/s",
    )
