"""Fixtures of the browser tests: `serve_app`, `browser` and `page`.

Each test that uses `page` also proves that the page asked no other machine for anything and logged
no error: the lists are checked when the test ends. A test that provokes an error clears the list.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import (
    CHROMIUM_ARGUMENTS,
    REPOSITORY,
    chromium_path,
    free_port,
    leaves_the_machine,
    served,
)

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page

# Tests run beside each other, and threads of small sums that wait for each other take processor
# time from those that work. Servers and commands that tests start inherit it.
for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

ServeApp = Callable[..., str]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give browser tests two more tries, and run the files first that take longest.

    Two browsers share two processors with two servers. A test that needed another try is named at
    the end; one that needs it often is a race to be mended. A long file that comes last would leave
    the other processes of `pytest -n` without work.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=2))
    weights: Counter[Path] = Counter()
    for item in items:
        weights[item.path] += _seconds(item)
    items.sort(key=lambda item: -weights[item.path])


def _seconds(item: pytest.Item) -> int:
    """Return about how long a test takes, by what it drives."""
    if item.get_closest_marker("browser"):
        return 25 if item.get_closest_marker("shared_data") else 6
    return 5 if "faults" in item.path.parts else 0


@pytest.fixture(scope="session")
def usual_port() -> int:
    """Return the port of one server after the other: Chromium keeps compiled scripts by address."""
    return free_port()


@pytest.fixture(scope="module")
def serve_app(usual_port: int) -> Iterator[ServeApp]:
    """Return `serve_app(script, env={}, cwd=repository) -> url`; servers stop with the module."""
    ports = chain([usual_port], iter(free_port, None))
    with ExitStack() as servers:

        def serve(script: Path, env: Mapping[str, str] = {}, cwd: Path = REPOSITORY) -> str:
            return servers.enter_context(served(script, env, cwd, next(ports), copied=True))

        yield serve


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[BrowserContext]":
    """Launch a headless Chromium; tests share its caches, each has a tab of its own.

    A profile on disk keeps Streamlit's compiled scripts: pages load twice as fast from the second.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=chromium_path(),
            args=list(CHROMIUM_ARGUMENTS),
            viewport={"width": 1280, "height": 900},
        )
        yield context
        context.close()


@pytest.fixture
def outbound_requests() -> list[str]:
    """Collect the addresses on other machines that the page asked for; must end empty."""
    return []


@pytest.fixture
def console_errors() -> list[str]:
    """Collect what the page logged as an error; must end empty."""
    return []


@pytest.fixture
def page(
    browser: "BrowserContext", outbound_requests: list[str], console_errors: list[str]
) -> "Iterator[Page]":
    """Open a fresh page; when the test ends, nothing left the machine and nothing failed."""
    opened = browser.new_page()
    from playwright.sync_api import expect

    opened.set_default_timeout(20_000)
    expect.set_options(timeout=20_000)

    def note_address(url: str) -> None:
        if leaves_the_machine(url):
            outbound_requests.append(url)

    def note_message(message: "ConsoleMessage") -> None:
        if message.type == "error":
            console_errors.append(message.text)

    opened.on("request", lambda request: note_address(request.url))
    opened.on("websocket", lambda websocket: note_address(websocket.url))
    opened.on("console", note_message)
    opened.on("pageerror", lambda error: console_errors.append(str(error)))
    yield opened
    opened.close()
    assert outbound_requests == []
    assert console_errors == []
