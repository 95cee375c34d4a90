"""Servers that are copies of one process, which has imported what every server needs.

A server that starts by itself takes two seconds of processor time for its imports, and there are
many. `test_whole_loop` starts the one that people start.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver, get_context
from pathlib import Path
from types import ModuleType

from labeling.execution.sandbox.privileges import die_with_parent

_context = get_context("forkserver")
_context.set_forkserver_preload(["tests.browser.server_imports"])


class ServerCopy:
    """A server in a copy, to be watched and ended as a `subprocess.Popen`."""

    def __init__(
        self, arguments: Sequence[str], cwd: Path, env: Mapping[str, str], output: Path
    ) -> None:
        self._process = _context.Process(
            target=_run_streamlit, args=(list(arguments), cwd, dict(env), output)
        )
        with _without_main():
            self._process.start()

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises subprocess.TimeoutExpired."""
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("streamlit", timeout or 0)
        return self._process.exitcode


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep multiprocessing from running the main program again: AppTest leaves a page there."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _run_streamlit(arguments: list[str], cwd: Path, env: dict[str, str], output: Path) -> None:
    """Become `python -m streamlit ARGUMENTS`, for as long as the tests run."""
    os.setsid()
    if sys.platform == "linux":
        # What it is a copy of ends with the tests, also where they are killed, unless a copy holds
        # this end of a pipe; and a copy ends with it.
        os.close(forkserver._forkserver._forkserver_alive_fd)  # type: ignore[attr-defined]
        die_with_parent()
    with output.open("ab", buffering=0) as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.path[0] = str(cwd)

    from streamlit.web.cli import main

    sys.argv = ["streamlit", *arguments]
    main(prog_name="streamlit")
