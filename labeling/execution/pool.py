"""Keeps worker processes warm, so that a run need not wait for Python to start.

Where the system can, they are copies of one process that has imported everything (`template`).
Every process is started by one thread that lives as long as the pool: on Linux a process can ask
to die with the thread that started it, and the threads that serve pages end all the time.
"""

import threading
from collections import deque
from contextlib import suppress

from labeling.errors import WorkerError
from labeling.execution.copied import Template
from labeling.execution.isolation import IsolationSettings
from labeling.execution.process import WorkerProcess
from labeling.execution.scratch import remove_left_behind
from labeling.execution.start import new_template


class WorkerPool:
    """Hands out processes that were started ahead of time; each is used for one run only."""

    def __init__(self, standby: int, isolation: IsolationSettings, hash_seed: int = 0) -> None:
        self._isolation = isolation
        self._hash_seed = hash_seed
        self._target = standby
        self._standby: deque[WorkerProcess] = deque()
        self._template: Template | None = None
        self._fault: WorkerError | None = None
        self._closed = False
        self._changed = threading.Condition()
        self._spawner = threading.Thread(target=self._spawn, name="worker-spawner", daemon=True)
        self._spawner.start()

    def take(self) -> WorkerProcess:
        """Return a process that is nobody else's; the caller closes it."""
        with self._changed:
            self._fault = None
            self._changed.notify_all()
            while True:
                self._changed.wait_for(lambda: self._standby or self._fault or self._closed)
                if self._closed:
                    raise WorkerError("The worker pool is closed.", remedy="Start the app again.")
                if self._fault:
                    raise self._fault
                worker = self._standby.popleft()
                self._changed.notify_all()
                if not worker.is_orphan:
                    return worker
                worker.close()

    def close(self) -> None:
        """End the processes on standby and the thread that starts them."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._spawner.join()
        while self._standby:
            self._standby.popleft().close()
        if self._template:
            self._template.close()

    def _spawn(self) -> None:
        remove_left_behind()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._is_short())
                if self._closed:
                    return
            worker, fault = self._started()
            with self._changed:
                if worker:
                    self._standby.append(worker)
                self._fault = fault
                self._changed.notify_all()

    def _is_short(self) -> bool:
        return self._fault is None and len(self._standby) < self._target

    def _started(self) -> tuple[WorkerProcess | None, WorkerError | None]:
        try:
            return self._copied() or self._new(), None
        except WorkerError as fault:
            return None, fault
        except OSError as fault:
            return None, WorkerError(
                f"A worker process could not be started: {fault}.",
                remedy="Check the Python command and the free memory and disk space.",
            )

    def _copied(self) -> WorkerProcess | None:
        """Return a copy of the template that is there; None where it is not, or goes meanwhile."""
        if self._template and self._template.is_open:
            with suppress(WorkerError):
                return WorkerProcess(self._isolation, self._hash_seed, self._template)
        return None

    def _new(self) -> WorkerProcess:
        """Return a worker of a new template, or one that started by itself."""
        if self._template:
            self._template.close()
        self._template = new_template(self._isolation, self._hash_seed)
        return WorkerProcess(self._isolation, self._hash_seed, self._template)
