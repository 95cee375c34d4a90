"""Starts a Streamlit app and a Chromium for the browser tests."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol
from urllib.parse import urlsplit

from tests.browser.server_copies import ServerCopy

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
START_SECONDS = 60


class Server(Protocol):
    """What is needed of a process that serves."""

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises subprocess.TimeoutExpired."""


@contextmanager
def served(
    script: Path,
    env: Mapping[str, str],
    cwd: Path = REPOSITORY,
    port: int | None = None,
    copied: bool = False,
) -> Iterator[str]:
    """Serve a Streamlit script on a loopback port, yield its address, stop it at the end.

    `copied`: as a copy of a process that has imported what it needs, which is there sooner.
    """
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    arguments = ["run", str(script), f"--server.port={port}"]
    arguments += ["--server.address=127.0.0.1", "--server.headless=true"]
    arguments += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), **env}
    with NamedTemporaryFile() as output:
        server: Server
        if copied:
            server = ServerCopy(arguments, cwd, environment, Path(output.name))
        else:
            server = subprocess.Popen(
                [sys.executable, "-m", "streamlit", *arguments],
                cwd=cwd,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            if not _healthy(url, server):
                output.seek(0)
                raise AssertionError(f"{script} did not start:\n{output.read().decode()}")
            yield url
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(timeout=5)
            server.kill()
            server.wait()


def chromium_path() -> str | None:
    """Return the system's Chromium, or None: then Playwright uses the one it installed."""
    named = os.environ.get("LABELWRIGHT_CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next(filter(None, found), None)


def leaves_the_machine(url: str) -> bool:
    """Tell whether a request goes anywhere else than to this machine's own servers."""
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1"


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _healthy(url: str, server: Server) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer,
        ):
            return bool(answer.status == 200)
        time.sleep(0.05)
    return False
