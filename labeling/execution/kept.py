"""Workers that ran nothing but patterns, kept for the next pattern.

A process takes longer to start than most patterns to run. A worker is used once because code of
an author ran in it; keywords, patterns and rules are looked for by our own code alone.
"""

import threading

from labeling.execution.process import WorkerProcess
from labeling.kinds import runs_no_code
from labeling.runs import Job, Limits, RunResult

MOST_SECONDS = 30.0
"""A worker that ran for longer is not kept: its processor time is limited, and adds up."""


class KeptWorkers:
    """At most `most` idle workers; any thread may call."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: list[tuple[Limits, int, WorkerProcess]] = []
        self._closed = False
        self._lock = threading.Lock()

    def take(self, job: Job) -> WorkerProcess | None:
        """Return a worker that may run this job, if there is one; the caller closes or keeps it."""
        if not runs_no_code(job.function.kind):
            return None
        with self._lock:
            fitting = [kept for kept in self._idle if kept[:2] == (job.limits, job.hash_seed)]
            if not fitting:
                return None
            self._idle.remove(fitting[-1])
        _, _, worker = fitting[-1]
        if worker.exit_code(0) is None:
            return worker
        worker.close()
        return None

    def keep(self, worker: WorkerProcess, job: Job, result: RunResult) -> bool:
        """Keep a worker after a run where that is safe, and say so."""
        worker.seconds += result.seconds
        if not (runs_no_code(job.function.kind) and result.complete):
            return False
        with self._lock:
            if self._closed or len(self._idle) >= self._most or worker.seconds > MOST_SECONDS:
                return False
            self._idle.append((job.limits, job.hash_seed, worker))
            return True

    def close(self) -> None:
        """End the idle workers, and keep none any more."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for _, _, worker in idle:
            worker.close()
