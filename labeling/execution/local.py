"""Runs labeling functions on this machine."""

import logging
import threading
from collections.abc import Callable

import numpy as np

from labeling.errors import Cancelled, LabelwrightError, ProjectError, WorkerError
from labeling.execution.handshake import reported_layers
from labeling.execution.isolation import IsolationReport, IsolationSettings, Layer
from labeling.execution.kept import KeptWorkers
from labeling.execution.pool import WorkerPool
from labeling.execution.process import WorkerProcess
from labeling.execution.shards import run_shards, shards
from labeling.execution.supervisor import Supervisor
from labeling.runs import NOT_RUN, Job, RunResult

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.05
TYPED_STANDBY = 2


class LocalExecutor:
    """Runs up to `workers` jobs at once, and one that somebody types, each in its own process.

    A long job is cut into shards that run as jobs of their own (`shards`). Processes start with the
    first job, or with `warm`: most commands run none.

    `isolation` says how the processes are locked up (default: as far as the system can). Close
    the executor, or use it in a `with`.
    """

    def __init__(self, workers: int = 2, isolation: IsolationSettings | None = None) -> None:
        self._isolation = isolation or IsolationSettings()
        self._workers = workers
        self._layers: tuple[Layer, ...] | None = None
        self._slots = threading.Semaphore(workers)
        self._typed_slots = threading.Semaphore(1)
        # Every change of a text that is being typed uses up a few processes.
        self._standby = workers + TYPED_STANDBY
        self._pools: dict[int, WorkerPool] = {}
        self._kept = KeptWorkers(self._standby)
        self._lock = threading.Lock()
        self._closed = False

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
        parts = shards(job)
        if len(parts) == 1:
            return self._run(job, on_progress, cancelled)
        return run_shards(parts, self._run, self._workers, on_progress, cancelled)

    def _run(
        self,
        job: Job,
        on_progress: Callable[[int, int], None] | None,
        cancelled: threading.Event | None,
    ) -> RunResult:
        """Run a job, or a shard of one, in a process of its own."""
        slots = self._typed_slots if job.typed else self._slots
        self._wait_for(slots, job, cancelled)
        try:
            kept = self._kept.take(job)
            worker = kept or self._pool(job.hash_seed).take()
            is_kept = False
            try:
                if kept is None:
                    self._admit(worker, cancelled)
                result = _supervised(worker, job, on_progress, cancelled)
                is_kept = self._kept.keep(worker, job, result)
                return result
            finally:
                if not is_kept:
                    worker.close()
        finally:
            slots.release()

    def isolation(self) -> IsolationReport:
        """Return what the last worker reported; see `Executor.isolation`."""
        if self._layers is None:
            worker = self._pool(0).take()
            try:
                self._admit(worker)
            finally:
                worker.close()
        return IsolationReport(self._isolation, self._layers or ())

    def _admit(self, worker: WorkerProcess, cancelled: threading.Event | None = None) -> None:
        """Hear how a worker locked itself up, and refuse one without a required layer."""
        self._layers = reported_layers(worker, cancelled)
        self._isolation.check(self._layers)

    def warm(self) -> None:
        """Start the processes on standby now; does not wait for them."""
        self._pool(0)

    def close(self) -> None:
        """End the processes on standby; runs under way end by themselves."""
        with self._lock:
            self._closed = True
        self._kept.close()
        for pool in self._pools.values():
            pool.close()

    def _pool(self, hash_seed: int) -> WorkerPool:
        """Return the processes with this hash seed, which start when first needed."""
        with self._lock:
            if self._closed:
                raise WorkerError("The worker pool is closed.", remedy="Start the app again.")
            if hash_seed not in self._pools:
                standby = self._standby if hash_seed == 0 else 1
                self._pools[hash_seed] = WorkerPool(standby, self._isolation, hash_seed)
            return self._pools[hash_seed]

    @staticmethod
    def _wait_for(slots: threading.Semaphore, job: Job, cancelled: threading.Event | None) -> None:
        while not slots.acquire(timeout=WAIT_SECONDS):
            if cancelled is not None and cancelled.is_set():
                raise Cancelled(f"The run of {job.function.name} was cancelled.")


def _supervised(
    worker: WorkerProcess,
    job: Job,
    on_progress: Callable[[int, int], None] | None,
    cancelled: threading.Event | None,
) -> RunResult:
    """Watch a job to its end; a fault of ours is a failed run as well, and is in the log."""
    try:
        return Supervisor(worker, job).run(on_progress, cancelled)
    except LabelwrightError:
        raise
    except Exception as error:
        log.exception("the run of %s could not be watched", job.function.name)
        return RunResult(
            version=job.function.version,
            start=job.start,
            stop=job.stop,
            votes=np.full(job.stop - job.start, NOT_RUN, dtype=np.int8),
            errors=(),
            error_count=0,
            stdout="",
            seconds=0.0,
            failure=(
                f"Labelwright failed while it watched the run ({type(error).__name__}: {error}); "
                "see the log, and run the function again."
            ),
        )
