"""A template and its copies, seen from the server.

A copy is the template's child: only the template can say how it ended, and its id belongs to
nobody else before the template was asked. That it ended the server sees by itself (pidfd).
"""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from labeling.errors import WorkerError
from labeling.execution.copying import ANSWER, COPY, REAP
from labeling.execution.readable import readable

START_SECONDS = 60.0
"""How long a template may take to import what every worker needs, and to answer."""
READ_BYTES = 65_536


def can_copy() -> bool:
    """Whether this system has what copies need."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:  # an old kernel, or a sandbox around the server
        return False
    return True


class Template:
    """A process that makes copies of itself; any thread may call."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._server, template_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._server.settimeout(START_SECONDS)
        self._output, output_end = os.pipe()
        self._lock = threading.Lock()
        self._is_open = True
        try:
            self._process = subprocess.Popen(
                [*command, str(template_end.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=output_end,
                stderr=output_end,
                env=environment,
                cwd="/",
                pass_fds=[template_end.fileno()],
                start_new_session=True,
            )
        except OSError:
            self._server.close()
            os.close(self._output)
            raise
        finally:
            template_end.close()
            os.close(output_end)

    def copy(self, folder: Path, descriptors: Sequence[int]) -> "Copy":
        """Return a new worker, in a folder, with these descriptors (`copying.DESCRIPTORS`).

        The first one waits for the imports. Raises WorkerError where the template has gone, which
        closes it, and OSError where the system makes no process.
        """
        with self._lock:
            pid = self._answer(COPY + os.fsencode(folder), descriptors)
            if pid is None:
                raise WorkerError(
                    f"The process that workers are copied from has gone: {self._end()}.",
                    remedy="Run `python cli.py doctor`, or install Labelwright again.",
                )
        if pid < 0:
            raise OSError(-pid, os.strerror(-pid))
        return Copy(self, pid)

    def exit_code(self, pid: int) -> int:
        """Return how a copy that has ended did; a template that has gone took it along."""
        with self._lock:
            code = self._answer(REAP + ANSWER.pack(pid))
        return -signal.SIGKILL if code is None else code

    def close(self) -> None:
        """End the template, and the copies that are left with it."""
        with self._lock:
            self._end()

    @property
    def is_open(self) -> bool:
        """Whether it may be asked for copies: it was not closed, and is alive."""
        return self._is_open and self._process.poll() is None

    def _answer(self, request: bytes, descriptors: Sequence[int] = ()) -> int | None:
        """Ask the template; None where it has gone or does not answer in time."""
        if self._is_open:
            with suppress(OSError):
                socket.send_fds(self._server, [request], descriptors)
                if answer := self._server.recv(ANSWER.size):
                    return int(*ANSWER.unpack(answer))
        return None

    def _end(self) -> str:
        """Make sure that it has ended, and return the last line that it wrote."""
        if not self._is_open:
            return "it was closed"
        self._is_open = False
        self._process.kill()
        self._process.wait()
        self._server.close()
        written = os.read(self._output, READ_BYTES) if readable([self._output], 0) else b""
        os.close(self._output)
        lines = written.decode("utf-8", errors="replace").split("\n")
        return next((line for line in reversed(lines) if line), "it said nothing")


class Copy:
    """A copy, to be waited for and killed like a `subprocess.Popen`; by one thread at a time."""

    def __init__(self, template: Template, pid: int) -> None:
        self.pid = pid
        self._template = template
        self._code: int | None = None
        self._ended = os.pidfd_open(pid)

    def wait(self, timeout: float | None = None) -> int:
        """Return its exit code, or the number of the signal that ended it, negative.

        Raises subprocess.TimeoutExpired.
        """
        if self._code is None:
            if not readable([self._ended], timeout):
                raise subprocess.TimeoutExpired("worker", timeout or 0.0)
            self._code = self._template.exit_code(self.pid)
            os.close(self._ended)
        return self._code

    def kill(self) -> None:
        """Kill it, and none that has its id after it."""
        if self._code is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._ended, signal.SIGKILL)
