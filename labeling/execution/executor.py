"""What the engine needs of something that runs labeling functions."""

import threading
from collections.abc import Callable
from typing import Protocol

from labeling.execution.isolation import IsolationReport
from labeling.runs import Job, RunResult


class Executor(Protocol):
    """Runs jobs; may be called from several threads at once."""

    def run(
        self,
        job: Job,
        on_progress: Callable[[int, int], None] | None = None,
        cancelled: threading.Event | None = None,
    ) -> RunResult:
        """Run one job to its end and return what came of it.

        `on_progress` is called with (rows done, rows in all) in the calling thread. Raises
        `Cancelled` soon after `cancelled` is set and `WorkerError` where no worker can be started.
        """
        ...

    def isolation(self) -> IsolationReport:
        """Return how workers are locked up, as the last one reported; starts one for the first.

        Raises `WorkerError` where none can be started or a required layer is missing.
        """
        ...

    def close(self) -> None:
        """End every worker process."""
        ...
