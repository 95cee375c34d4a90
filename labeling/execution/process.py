"""A worker process seen from the server: started, spoken to, ended, cleaned up after."""

import os
import signal
import socket
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import IO

from labeling.errors import LabelwrightError
from labeling.execution import bubblewrap
from labeling.execution.copied import Copy, Template
from labeling.execution.isolation import IsolationSettings
from labeling.execution.protocol import RunRequest, write_message
from labeling.execution.readable import readable
from labeling.execution.scratch import ScratchFolder
from labeling.execution.start import environment, worker_command

SIGNALLED = 128


class WorkerProcess:
    """One process for one run, or for several of functions without code: `seconds` in all.

    `reports` and `output` (stdout and stderr) are read without blocking. `votes` and `trace` are
    files without a name that both processes have open, each for itself. With a template, which
    must have been made for the same settings, it is a copy of that.
    """

    def __init__(
        self, isolation: IsolationSettings, hash_seed: int = 0, template: Template | None = None
    ) -> None:
        self._scratch = ScratchFolder()
        self.folder = self._scratch.path
        self.votes, votes_end = _file_of_two(self.folder / "votes")
        self.trace, trace_end = _file_of_two(self.folder / "trace")
        request_end, self._requests = socket.socketpair()
        self.reports, report_end = os.pipe()
        self.output, output_end = os.pipe()
        self._information, information_end = os.pipe()
        ends = (request_end.fileno(), report_end, votes_end.fileno(), trace_end.fileno())
        self._is_launched = bool(isolation.launcher) or isolation.mode == "bwrap"
        self._worker_pid: int | None = None
        self._template = template
        self.seconds = 0.0
        self._process: subprocess.Popen[bytes] | Copy
        try:
            if template:
                self._process = template.copy(self.folder, (*ends, output_end))
            else:
                self._process = subprocess.Popen(
                    [*worker_command(isolation, information_end), *map(str, ends)],
                    stdin=subprocess.DEVNULL,
                    stdout=output_end,
                    stderr=output_end,
                    env=environment(self.folder, hash_seed),
                    cwd=self.folder,
                    pass_fds=(*ends, information_end) if isolation.mode == "bwrap" else ends,
                    start_new_session=True,
                )
            if isolation.mode != "bwrap":
                self._worker_pid = self._process.pid
        except (OSError, LabelwrightError):
            self._release()
            raise
        finally:
            for file in (request_end, votes_end, trace_end):
                file.close()
            for end in (report_end, output_end, information_end):
                os.close(end)
        os.set_blocking(self.reports, False)
        os.set_blocking(self.output, False)

    @property
    def pid(self) -> int:
        """The id of the process that was started: the worker or its launcher."""
        return self._process.pid

    @property
    def is_orphan(self) -> bool:
        """Whether the template that it is a copy of has gone, which ends it."""
        return self._template is not None and not self._template.is_open

    def send(self, request: RunRequest, rows: IO[bytes]) -> None:
        """Hand over the run and the open rows file, which the worker could not open itself."""
        with suppress(BrokenPipeError):  # a process that is gone is noticed by who reads from it
            socket.send_fds(self._requests, [b"R"], [rows.fileno()])
            write_message(self._requests.fileno(), request)

    def interrupt(self) -> None:
        """Make the process write down where it is (faulthandler), even inside C code."""
        pid = self._worker_pid or self._announced_pid()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGUSR1)

    def _announced_pid(self) -> int | None:
        """Return the worker's id as bubblewrap announced it; None where it did not."""
        is_announced = readable([self._information], 0)
        announced = os.read(self._information, 4096) if is_announced else b""
        self._worker_pid = bubblewrap.worker_pid(announced) if announced else None
        return self._worker_pid

    def exit_code(self, timeout: float) -> int | None:
        """Wait for the process to end by itself; None where it does not."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        if self._is_launched and code > SIGNALLED:  # how a launcher says that its child was killed
            return SIGNALLED - code
        return code

    def kill(self) -> None:
        """Kill the process and all it started; what it wrote can still be read."""
        with suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for one that is dead
            os.killpg(self.pid, signal.SIGKILL)
        self._process.kill()  # a copy that does not lead a group yet
        self._process.wait()

    def close(self) -> None:
        """Kill the process and give back everything it held."""
        self.kill()
        self._release()

    def _release(self) -> None:
        self._requests.close()
        for descriptor in (self.reports, self.output, self._information):
            os.close(descriptor)
        self.votes.close()
        self.trace.close()
        self._scratch.remove()


def _file_of_two(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Return a file without a name, opened once for the server and once for the worker.

    Position and flags (O_DIRECT, say) belong to an opening, so the worker cannot change those that
    the server reads with.
    """
    ours = path.open("x+b", buffering=0)
    theirs = path.open("r+b", buffering=0)
    path.unlink()
    return ours, theirs
