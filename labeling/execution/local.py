"""Runs labeling functions on this machine."""

import threading
from collections.abc import Callable, Sequence

from labeling.errors import Cancelled, ProjectError
from labeling.execution.pool import WorkerPool
from labeling.execution.supervisor import Supervisor
from labeling.runs import Job, RunResult

WAIT_SECONDS = 0.05


class LocalExecutor:
    """Runs up to `workers` jobs at once, each in a process of its own.

    `python` is the command that starts a worker's interpreter (default: this one); words before
    it may be a launcher, such as a container's. Close the executor, or use it in a `with`.
    """

    def __init__(self, workers: int = 2, python: Sequence[str] | None = None) -> None:
        self._slots = threading.Semaphore(workers)
        self._pool = WorkerPool(standby=workers, python=tuple(python or ()))

    def __enter__(self) -> "LocalExecutor":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(
        self,
        job: Job,
        on_progress: Callable[[int, int], None] | None = None,
        cancelled: threading.Event | None = None,
    ) -> RunResult:
        """Run one job; see `Executor.run`."""
        if not job.rows_path.is_file():
            raise ProjectError(f"The rows file {job.rows_path.name} is missing.")
        if not 0 <= job.start <= job.stop:
            raise ProjectError(f"Rows {job.start} to {job.stop} are no range.")
        self._wait_for_slot(job, cancelled)
        try:
            worker = self._pool.take()
            try:
                return Supervisor(worker, job).run(on_progress, cancelled)
            finally:
                worker.close()
        finally:
            self._slots.release()

    def close(self) -> None:
        """End the processes on standby; runs under way end by themselves."""
        self._pool.close()

    def _wait_for_slot(self, job: Job, cancelled: threading.Event | None) -> None:
        while not self._slots.acquire(timeout=WAIT_SECONDS):
            if cancelled is not None and cancelled.is_set():
                raise Cancelled(f"The run of {job.function.name} was cancelled.")
