"""A worker process seen from the server: started, spoken to, ended, cleaned up after."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

PACKAGE_ROOT = Path(__file__).resolve().parents[2]

_BOOTSTRAP = """\
import sys
root = sys.argv[1]
sys.path.insert(0, root)
from labeling.execution.worker import main
sys.path.remove(root)
main()
"""
"""Puts our package within reach for as long as it takes to import it, and nothing else of it."""


class WorkerProcess:
    """One process for one run.

    `requests` is written to; `reports` and `output` (stdout and stderr) are read without blocking.
    `votes` and `trace` are files without a name that both processes have open.
    """

    def __init__(self, python: Sequence[str] = ()) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="labelwright-worker-"))
        self.votes: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - see close
        self.trace: IO[bytes] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        request_end, self.requests = os.pipe()
        self.reports, report_end = os.pipe()
        self.output, output_end = os.pipe()
        ends = (request_end, report_end, self.votes.fileno(), self.trace.fileno())
        try:
            self._process = subprocess.Popen(
                [
                    *(python or [sys.executable]),
                    *("-s", "-P", "-c", _BOOTSTRAP, str(PACKAGE_ROOT)),
                    *map(str, ends),
                ],
                stdin=subprocess.DEVNULL,
                stdout=output_end,
                stderr=output_end,
                env=_environment(self.folder),
                cwd=self.folder,
                pass_fds=ends,
                start_new_session=True,
            )
        except OSError:
            self._release()
            raise
        finally:
            for end in (request_end, report_end, output_end):
                os.close(end)
        os.set_blocking(self.reports, False)
        os.set_blocking(self.output, False)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def interrupt(self) -> None:
        """Make the process write down where it is (faulthandler), even inside C code."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGUSR1)

    def exit_code(self, timeout: float) -> int | None:
        """Wait for the process to end by itself; None where it does not."""
        try:
            return self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return None

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
        for descriptor in (self.requests, self.reports, self.output):
            os.close(descriptor)
        self.votes.close()
        self.trace.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """Return all that a worker gets to know of its surroundings."""
    environment = {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8:backslashreplace",
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    if library_path := os.environ.get("LD_LIBRARY_PATH"):  # some Pythons do not start without it
        environment["LD_LIBRARY_PATH"] = library_path
    return environment
