"""The loop in a real Chromium: from a key to the table, rows and charts that follow from it.

Usage: PYTHONPATH=. python benchmarks/browser_loop.py [ROWS=100000] [FUNCTIONS=50]
A generated project of keyword, regex and Python functions is open in Studio and, in a second tab,
on the Dashboard; both tabs are drawn on the server's own cores. Prints how long after Ctrl-S each
part of the screen is another, how long after a keystroke counts and hits are, whether the Python
editor loses anything while everything refreshes, and how long a page waits for its rows while a
Python function runs.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from benchmarks import page_probe as probe
from benchmarks.loop_project import EDITS, TYPED, make_loop_project
from tests.browser.serving import CHROMIUM_ARGUMENTS, REPOSITORY, chromium_path, served

AWAKE = (
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
)
SAVES = 5
SETTLE_SECONDS = 60.0
TYPED_CHARACTERS, TYPING_MS = 200, 30


def main() -> None:
    """Make the project, open both pages and print the tables."""
    asked = [int(argument) for argument in sys.argv[1:]]
    rows, functions = [*asked, *(100_000, 50)[len(asked) :]]
    with tempfile.TemporaryDirectory() as scratch:
        projects = Path(scratch) / "projects"
        projects.mkdir()
        make_loop_project(projects / "bench", rows, functions)
        app, settings = REPOSITORY / "app.py", {"LABELWRIGHT_PROJECTS": str(projects)}
        with served(app, settings) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, *AWAKE]
            )
            loop = Loop(browser, url)
            size = f"{rows:,} | {functions}"
            print("| rows | functions | saved | table | rows shown | charts | labels judged |")
            print("|--:|--:|---|--:|--:|--:|--:|")
            for kind in ("keyword", "regex", "python"):
                print(f"| {size} | {kind} | {' | '.join(loop.saves(kind))} |", flush=True)
            print(
                "\n| rows | functions | typed | keystrokes | counts, median | p95 | hits, median |"
            )
            print("|--:|--:|---|--:|--:|--:|--:|")
            for kind in ("keyword", "regex"):
                print(f"| {size} | {kind} | {' | '.join(loop.keystrokes(kind))} |", flush=True)
            print("\n| rows | functions | Python run | says so after | rows after a click, median "
                  "| longest wait | page busy, longest |")  # fmt: skip
            print("|--:|--:|--:|--:|--:|--:|--:|")
            print(f"| {size} | {' | '.join(loop.python_run())} |", flush=True)
            print("\n| characters typed | refreshes meanwhile | lost | focus |")
            print("|--:|--:|--:|---|")
            print(f"| {' | '.join(loop.typing())} |")
            browser.close()


class Loop:
    """Studio and the Dashboard of one project, each in a tab."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._url = url
        self._studio, self._dashboard, self._other = (browser.new_page() for _ in range(3))
        for page in (self._studio, self._dashboard):
            page.set_viewport_size({"width": 1280, "height": 900})
            probe.watch(page)
        self._open(self._dashboard, "dashboard?project=bench")

    def saves(self, kind: str) -> list[str]:
        """Return how long after a save each part of both pages was another, medians."""
        field = self._open_function(kind)
        found: list[list[int | None]] = []
        for i in range(SAVES):
            self._fill(field, kind, i)
            at = self._press_save()
            studio, dashboard = self._studio, self._dashboard
            parts = [
                probe.first_change(studio, "table"),
                probe.first_change(studio, "hits"),
                probe.first_change(dashboard, "charts"),
                probe.last_change(dashboard, "tiles"),
            ]
            found.append([None if part is None else part - at for part in parts])
        return [_spread(column) for column in zip(*found, strict=True)]

    def keystrokes(self, kind: str) -> list[str]:
        """Return how long after a keystroke the preview's counts and its rows were others."""
        field = self._open_function(kind)
        field.click()
        counts: list[int] = []
        hits: list[int] = []
        for word in TYPED:
            field.fill("zebra" if kind == "keyword" else "zebra|")
            self._studio.keyboard.press("Control+End")
            if kind == "keyword":
                self._studio.keyboard.press("Enter")
            self._wait_still()
            for character in word:
                probe.forget(self._studio)
                self._studio.keyboard.press(character)
                self._wait_still()
                at = probe.pressed(self._studio)
                counted = probe.first_change(self._studio, "preview")
                listed = probe.first_change(self._studio, "rows")
                counts += [] if counted is None else [counted - at]
                hits += [] if listed is None else [listed - at]
        keys = sum(map(len, TYPED))
        return [f"{len(counts)} of {keys}", *_middle_and_most(counts), _ms(median(hits))]

    def python_run(self) -> list[str]:
        """Return what a long run of a Python function does to the page meanwhile."""
        field = self._open_function("python")
        self._fill(field, "slow", 0)
        self._forget()
        self._studio.keyboard.press("Control+s")
        began = time.monotonic()
        at = probe.pressed(self._studio)
        waits: list[int] = []
        studio = self._studio
        while time.monotonic() - began < 0.5 or not _is_idle(studio):
            for tab, is_shown in (("Uncovered", "true"), ("Conflicts", "false")):
                studio.get_by_role("radio", name=tab).click()
                clicked = studio.evaluate("() => Date.now()")
                # Each uncovered row says so; rows that only changed may be those of the other tab.
                shows = f"String(probe.shown.rows.includes('uncovered')) === '{is_shown}'"
                studio.wait_for_function(f"() => {shows}")
                waits.append(int(studio.evaluate("() => Date.now()")) - clicked)
        seconds = time.monotonic() - began
        said = probe.first_change(studio, "running")
        return [
            f"{seconds:.1f} s",
            "–" if said is None else _ms(said - at),
            _ms(median(waits)),
            _ms(max(waits)),
            _ms(probe.longest_task(studio)),
        ]

    def typing(self) -> list[str]:
        """Type in the Python editor while another tab saves; say what of it was lost."""
        editor = self._open_function("python")
        self._open(self._other, "studio?project=bench&function=f0")
        words = self._other.get_by_label("Words or phrases, one a line")
        editor.click()
        self._studio.keyboard.press("Control+End")
        typed = ("# " + "the quick brown fox jumps over it " * 20)[:TYPED_CHARACTERS]
        self._forget()
        for start in range(0, len(typed), 20):
            self._studio.keyboard.type(typed[start : start + 20], delay=TYPING_MS)
            words.fill(EDITS[start // 20])
            self._other.keyboard.press("Control+s")
        self._wait_still()
        changes = self._studio.evaluate("() => probe.changes.table?.length ?? 0")
        text = editor.inner_text().replace("\N{NO-BREAK SPACE}", " ")
        lost = len(typed) - arrived(typed, text)
        focused = self._studio.evaluate(
            "() => { let at = document.activeElement;"
            " while (at?.shadowRoot) at = at.shadowRoot.activeElement;"
            " return at?.classList.contains('cm-content') ?? false; }"
        )
        return [str(len(typed)), str(changes), str(lost), "kept" if focused else "lost"]

    def _open(self, page: Page, address: str) -> None:
        page.goto(f"{self._url}/{address}")
        expect(page.get_by_text("Up to date").first).to_be_visible(timeout=120_000)
        expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible(timeout=60_000)

    def _open_function(self, kind: str) -> Locator:
        name = {"keyword": "f0", "regex": "f1", "python": "f4"}[kind]
        self._open(self._studio, f"studio?project=bench&function={name}")
        if kind == "python":
            return self._studio.locator(".cm-content")
        label = {"keyword": "Words or phrases, one a line", "regex": "Pattern (Python's re)"}[kind]
        return self._studio.get_by_label(label)

    def _fill(self, field: Locator, kind: str, i: int) -> None:
        """Write another text and wait until its preview stands."""
        word = EDITS[i]
        if kind in ("python", "slow"):
            test = {
                "python": f'"{word}" in x.text',
                "slow": f're.search(r"\\b{word}s?\\b", x.text)',
            }
            field.click()
            self._studio.keyboard.press("Control+a")
            body = f'    return "ham" if {test[kind]} else ABSTAIN\n'
            self._studio.keyboard.insert_text(f"import re\n\ndef f4(x):\n{body}")
        else:
            field.fill(word if kind == "keyword" else rf"\b{word}\b")
        self._wait_still()

    def _press_save(self) -> int:
        """Save, wait until all that follows is there, and return when the key was pressed."""
        self._forget()
        self._studio.keyboard.press("Control+s")
        for page, part in ((self._studio, "hits"), (self._dashboard, "tiles")):
            page.wait_for_function(f"() => probe.changes.{part}", timeout=SETTLE_SECONDS * 1000)
        self._wait_still()
        return probe.pressed(self._studio)

    def _forget(self) -> None:
        for page in (self._studio, self._dashboard):
            probe.forget(page)

    def _wait_still(self) -> None:
        """Wait until both pages are up to date and nothing on them changed for 0.6 s."""
        deadline = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < deadline:
            newest = max(
                int(page.evaluate("() => Math.max(0, ...Object.values(probe.changes).flat())"))
                for page in (self._studio, self._dashboard)
            )
            quiet = time.time() * 1000 - max(newest, probe.pressed(self._studio)) > 600
            if quiet and all(map(_is_idle, (self._studio, self._dashboard))):
                return
            time.sleep(0.05)
        raise SystemExit(f"The pages do not come to rest within {SETTLE_SECONDS:g} s.")


def _is_idle(page: Page) -> bool:
    return bool(page.evaluate("() => probe.shown.idle === 'true'"))


def arrived(typed: str, text: str) -> int:
    """Return how many of the typed characters are in the text, in their order."""
    same = SequenceMatcher(None, typed, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in same)


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:,.0f} ms"


def _spread(values: Sequence[int | None]) -> str:
    """Return the median and the longest of some waits."""
    known = sorted(value for value in values if value is not None)
    missing = f", {len(values) - len(known)} not seen" if len(known) < len(values) else ""
    return f"{_ms(median(known))} (at most {_ms(known[-1])}{missing})" if known else "not seen"


def _middle_and_most(values: Sequence[int]) -> tuple[str, str]:
    ordered = sorted(values)
    return _ms(median(ordered)), _ms(ordered[int(len(ordered) * 0.95)])


if __name__ == "__main__":
    main()
