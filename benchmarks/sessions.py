"""Many open Dashboards: what they cost while idle, and how soon all of them show a change.

Usage: PYTHONPATH=. python benchmarks/sessions.py [SESSIONS=20] [ROWS=10000] [CHANGES=10] [--tabs]
The sessions speak Streamlit's protocol as a page does (`benchmarks.websocket_client`), or with
--tabs are tabs of a real Chromium, which renders on the cores of the server; a further tab of
Chromium, in Studio, saves a keyword function. Prints the server's processor time while idle, and
how long after the key press each Dashboard has another share of covered rows and all the charts
of that part of the page, and, of clients, also its rows and the rest.
"""

import asyncio
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.edit_function import WORDS, keyword, make_project
from benchmarks.websocket_client import Session
from labeling.execution.local import LocalExecutor
from labeling.project import Project
from storage import DuckDBOpener
from tests.browser.serving import CHROMIUM_ARGUMENTS, REPOSITORY, chromium_path, served

AWAKE = (
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
IDLE_SECONDS = 20
WATCH = """() => {
  const shown = () => [...document.querySelectorAll("[data-testid=stMetricValue]")]
    .map((tile) => tile.textContent).join(" ");
  let last = shown();
  window.changes = [];
  new MutationObserver(() => {
    const now = shown();
    if (now === last || !now) return;
    last = now;
    window.changes.push(Date.now());
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def main() -> None:
    """Open the sessions, change a function again and again, and print one table line."""
    tabs = "--tabs" in sys.argv
    asked = [int(argument) for argument in sys.argv[1:] if argument != "--tabs"]
    sessions, rows, changes = [*asked, *(20, 10_000, 10)[len(asked) :]]
    with tempfile.TemporaryDirectory() as scratch:
        projects = Path(scratch) / "projects"
        projects.mkdir()
        prepare(projects / "bench", rows)
        app, settings = REPOSITORY / "app.py", {"LABELWRIGHT_PROJECTS": str(projects)}
        with served(app, settings) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, *AWAKE]
            )
            opened_by = Tabs(browser, url, sessions) if tabs else Clients(url, sessions)
            studio = opened(browser.new_page(), f"{url}/studio?project=bench&function=f0")
            idle = busy_share(listening(url), IDLE_SECONDS)
            waits = [change(studio, opened_by, i) for i in range(changes)]
            opened_by.close()
            browser.close()
    print("| sessions | are | rows | idle CPU | shows | median | p95 | slowest | not shown |")
    print("|--:|---|--:|--:|---|--:|--:|--:|--:|")
    for part in opened_by.parts:
        shown = sorted(wait for of in waits for wait in of[part])
        print(
            f"| {sessions} | {'tabs' if tabs else 'clients'} | {rows:,} | {idle:.1%} of a core "
            f"| {part} | {shown[len(shown) // 2]} ms | {shown[int(len(shown) * 0.95)]} ms "
            f"| {shown[-1]} ms | {sessions * changes - len(shown)} |"
        )


class Tabs:
    """Dashboards in tabs of Chromium."""

    parts = ("figures",)

    def __init__(self, browser: Browser, url: str, count: int) -> None:
        self._pages = [opened(browser.new_page(), f"{url}/dashboard") for _ in range(count)]
        for page in self._pages:
            page.evaluate(WATCH)

    def forget(self) -> None:
        """Look out for the next change."""
        for page in self._pages:
            page.evaluate("() => { window.changes = []; }")

    def shown_at(self, _part: str) -> list[float | None]:
        """Return when each first showed other tiles, in milliseconds since 1970."""
        return [page.evaluate("() => window.changes[0] ?? null") for page in self._pages]

    def close(self) -> None:
        """Nothing is left to close: the browser goes."""


class Clients:
    """Dashboards that are drawn nowhere, in a thread of their own."""

    parts = ("figures", "rows", "the rest")

    def __init__(self, url: str, count: int) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._watched = [Watched() for _ in range(count)]
        self._sessions = [
            Session(url, "dashboard", watched.take, project="bench") for watched in self._watched
        ]
        for session in self._sessions:
            asyncio.run_coroutine_threadsafe(session.open(), self._loop).result(60)

    def forget(self) -> None:
        """Look out for the next change."""
        for watched in self._watched:
            watched.changed_at.clear()

    def shown_at(self, part: str) -> list[float | None]:
        """Return when each first had another such part and all that is drawn with it."""
        return [watched.changed_at.get(part) for watched in self._watched]

    def close(self) -> None:
        """Leave the pages."""
        for session in self._sessions:
            asyncio.run_coroutine_threadsafe(session.close(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)


class Watched:
    """What one Dashboard shows of each part of the page.

    A change counts when the last element of its part has come.
    """

    def __init__(self) -> None:
        self.changed_at: dict[str, float] = {}
        self._newest: dict[tuple[str, str], object] = {}
        self._shown: dict[tuple[str, str], object] = {}
        self._fragments: dict[str, str] = {}
        self._last: dict[str, float] = {}

    def take(self, message: ForwardMsg) -> None:
        """Take one message of the server."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        self._last[message.delta.fragment_id] = time.time() * 1000
        if kind == "metric":
            self._note("figures", element.metric.label, element.metric.body, message)
        elif kind == "bidi_component" and element.bidi_component.component_name.endswith("rows"):
            self._note("rows", "", element.bidi_component.json, message)
        elif kind == "vega_lite_chart" and "where both vote" in element.vega_lite_chart.spec:
            data = [one.data.data for one in element.vega_lite_chart.datasets]
            self._note("the rest", "", data, message)
        elif message.WhichOneof("type") == "script_finished":
            for (part, name), content in self._newest.items():
                if self._shown.get((part, name)) != content:
                    self.changed_at.setdefault(part, self._last[self._fragments[part]])
            self._shown = dict(self._newest)

    def _note(self, part: str, name: str, content: object, message: ForwardMsg) -> None:
        self._newest[part, name] = content
        self._fragments[part] = message.delta.fragment_id


def prepare(folder: Path, rows: int) -> None:
    """Make a project with ten keyword functions that ran."""
    make_project(folder, rows)
    with (
        LocalExecutor() as executor,
        Project(folder, DuckDBOpener().open(folder), executor) as project,
    ):
        for i in range(10):
            project.save_function(keyword(i, WORDS[i]))
        project.refresh()


def opened(page: Page, address: str) -> Page:
    """Open a page and wait until it stands still."""
    page.goto(address)
    expect(page.get_by_text("Up to date").first).to_be_visible(timeout=60_000)
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)
    return page


def change(studio: Page, dashboards: Tabs | Clients, i: int) -> dict[str, list[int]]:
    """Save other words, and return after how many milliseconds each Dashboard showed which part."""
    studio.get_by_label("Words or phrases, one a line").fill(f"{WORDS[100 + i]}\n{WORDS[300 - i]}")
    studio.wait_for_timeout(1_500)
    dashboards.forget()
    pressed = studio.evaluate("() => Date.now()")
    studio.keyboard.press("Control+s")
    studio.wait_for_timeout(5_000)
    return {
        part: [int(at - pressed) for at in dashboards.shown_at(part) if at is not None]
        for part in dashboards.parts
    }


def listening(url: str) -> int:
    """Return the process that serves `url`."""
    port = f"{int(url.rsplit(':', 1)[1]):04X}"
    table = Path("/proc/net/tcp").read_text("utf-8").splitlines()[1:]
    sockets = {f"socket:[{line.split()[9]}]" for line in table if f":{port} " in line}
    for process in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(process.readlink()) in sockets:
                command = (process.parents[1] / "cmdline").read_text("utf-8")
                if "streamlit" in command:
                    return int(process.parents[1].name)
        except OSError:
            continue  # It ended meanwhile.
    raise SystemExit(f"No server of Streamlit listens at {url}.")


def busy_share(process: int, seconds: float) -> float:
    """Return the share of a core that a process uses."""
    before = ticks(process)
    time.sleep(seconds)
    return (ticks(process) - before) / os.sysconf("SC_CLK_TCK") / seconds


def ticks(process: int) -> int:
    """Return the processor time of a process so far, in clock ticks."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    main()
