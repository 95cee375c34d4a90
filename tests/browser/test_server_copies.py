"""Servers of the tests end with the tests."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.serving import REPOSITORY, free_port

TESTS = """
import os, sys, time
from pathlib import Path
from tests.browser.server_copies import ServerCopy

arguments = ["run", sys.argv[1], f"--server.port={sys.argv[2]}", "--server.headless=true"]
server = ServerCopy(arguments, Path.cwd(), dict(os.environ), Path(os.devnull))
print(server._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_a_server_ends_with_tests_that_are_killed(tmp_path: Path) -> None:
    """Else each run of the tests that is broken off would leave one behind."""
    script = tmp_path / "app.py"
    script.write_text("import streamlit as st\nst.text('here')\n", "utf-8")
    command = [sys.executable, "-c", TESTS, str(script), str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY) as killed:
        assert killed.stdout is not None
        server = int(killed.stdout.readline())
        assert runs(server)
        killed.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while runs(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(server)


def runs(process: int) -> bool:
    """Tell whether a process is there, and not only its exit code."""
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
