"""Many open Dashboards: what they cost while idle, and how soon all of them show a change.

Usage: PYTHONPATH=. python benchmarks/sessions.py [SESSIONS=20] [ROWS=10000] [CHANGES=10]
The sessions are tabs of a real Chromium on this machine, which shares its cores with the server; a
further tab in Studio saves a keyword function. Prints the server's processor time while idle, and
how long after the key press each Dashboard shows another share of covered rows. Charts and tiles
come with the same message.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.edit_function import WORDS, keyword, make_project
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
    asked = [int(argument) for argument in sys.argv[1:]]
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
            dashboards = [opened(browser.new_page(), f"{url}/dashboard") for _ in range(sessions)]
            studio = opened(browser.new_page(), f"{url}/studio?project=bench&function=f0")
            for page in dashboards:
                page.evaluate(WATCH)
            server = listening(url)
            idle = busy_share(server, IDLE_SECONDS)
            waits = sorted(wait for i in range(changes) for wait in change(studio, dashboards, i))
            browser.close()
    missed = sessions * changes - len(waits)
    print("| sessions | rows | idle CPU | change shown, median | p95 | slowest | not shown |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    print(
        f"| {sessions} | {rows:,} | {idle:.1%} of a core | {waits[len(waits) // 2]} ms "
        f"| {waits[int(len(waits) * 0.95)]} ms | {waits[-1]} ms | {missed} |"
    )


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


def change(studio: Page, dashboards: list[Page], i: int) -> list[int]:
    """Save other words, and return after how many milliseconds each Dashboard showed it."""
    studio.get_by_label("Words or phrases, one a line").fill(f"{WORDS[100 + i]}\n{WORDS[300 - i]}")
    studio.wait_for_timeout(1_500)
    for page in dashboards:
        page.evaluate("() => { window.changes = []; }")
    pressed = studio.evaluate("() => Date.now()")
    studio.keyboard.press("Control+s")
    studio.wait_for_timeout(5_000)
    shown = [page.evaluate("() => window.changes[0] ?? null") for page in dashboards]
    return [int(at - pressed) for at in shown if at is not None]


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
