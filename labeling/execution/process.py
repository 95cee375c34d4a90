"""A worker process seen from the server: started, spoken to, ended, cleaned up after."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from labeling.errors import LabelwrightError
from labeling.execution import bubblewrap
from labeling.execution.isolation import IsolationSettings
from labeling.execution.protocol import RunRequest, write_message
from labeling.execution.readable import readable
from labeling.execution.sandbox import namespaces

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
PACKAGE = PACKAGE_ROOT / "labeling"
SIGNALLED = 128

_BOOTSTRAP = """\
import json, sys
root = sys.argv[1]
sys.path.insert(0, root)
from pathlib import Path
from labeling.execution.sandbox import lock_down
wanted, readable, host_namespaces = json.loads(sys.argv[2])
layers = lock_down(wanted, [Path(path) for path in readable], host_namespaces)
from labeling.execution.worker import main
sys.path.remove(root)
main(layers)
"""
"""Locks up before anything else is imported, and puts our package within reach for as long as it
takes to import it."""


class WorkerProcess:
    """One process for one run, or for several of functions without code: `seconds` in all.

    `reports` and `output` (stdout and stderr) are read without blocking. `votes` and `trace` are
    files without a name that both processes have open, each for itself.
    """

    def __init__(self, isolation: IsolationSettings, hash_seed: int = 0) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="labelwright-worker-"))
        self.votes, votes_end = _file_of_two(self.folder / "votes")
        self.trace, trace_end = _file_of_two(self.folder / "trace")
        request_end, self._requests = socket.socketpair()
        self.reports, report_end = os.pipe()
        self.output, output_end = os.pipe()
        self._information, information_end = os.pipe()
        ends = (request_end.fileno(), report_end, votes_end.fileno(), trace_end.fileno())
        self._is_launched = bool(isolation.launcher) or isolation.mode == "bwrap"
        self._worker_pid: int | None = None
        self.seconds = 0.0
        try:
            self._process = subprocess.Popen(
                [*_launcher(isolation, information_end), *_python(isolation), *map(str, ends)],
                stdin=subprocess.DEVNULL,
                stdout=output_end,
                stderr=output_end,
                env=_environment(self.folder, hash_seed),
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
        shutil.rmtree(self.folder, ignore_errors=True)


def _file_of_two(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """Return a file without a name, opened once for the server and once for the worker.

    Position and flags (O_DIRECT, say) belong to an opening, so the worker cannot change those that
    the server reads with.
    """
    ours = path.open("x+b", buffering=0)
    theirs = path.open("r+b", buffering=0)
    path.unlink()
    return ours, theirs


def _launcher(isolation: IsolationSettings, information_end: int) -> list[str]:
    """Return the words before the Python command; one's own launcher starts bubblewrap."""
    words = list(isolation.launcher)
    if isolation.mode == "bwrap":
        words += bubblewrap.bubblewrap_command(information_end, PACKAGE, isolation.readable)
    return words


def _python(isolation: IsolationSettings) -> list[str]:
    """Return the Python command, up to the descriptors."""
    readable = [str(path) for path in (PACKAGE, *isolation.readable)]
    sandbox = json.dumps([isolation.layers, readable, namespaces.own()])
    return [sys.executable, "-s", "-P", "-c", _BOOTSTRAP, str(PACKAGE_ROOT), sandbox]


def _environment(folder: Path, hash_seed: int) -> dict[str, str]:
    """Return all that a worker gets to know of its surroundings."""
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONHASHSEED": str(hash_seed),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "JOBLIB_MULTIPROCESSING": "0",  # it would warn that it cannot have what it wants
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    if library_path := os.environ.get("LD_LIBRARY_PATH"):  # some Pythons do not start without it
        environment["LD_LIBRARY_PATH"] = library_path
    return environment
