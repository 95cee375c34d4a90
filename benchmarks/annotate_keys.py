"""The annotation card in a real Chromium: from a key press to the next card, and what bursts lose.

Usage: PYTHONPATH=. python benchmarks/annotate_keys.py [ROWS=100000] [FUNCTIONS=50]
A generated project is open on Annotate. Each label is gold at once, so that the label model is
fitted again and again meanwhile, on the cores that draw the page. Digits are pressed one by one,
and in bursts of twelve, 40 ms apart. Prints how long after a press the next card stands in the
page, how long until the frame that shows it is drawn, how often a model was fitted meanwhile, and
how many presses are annotation events in the project afterwards.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.loop_project import make_loop_project
from storage import DuckDBOpener
from tests.browser.serving import CHROMIUM_ARGUMENTS, REPOSITORY, chromium_path, served

SINGLE, GAP_MS = 200, 250
BURSTS, BURST, BURST_GAP_MS, PAUSE_MS = 20, 12, 40, 1_500

PROBE = """(() => {
  const found = { pressed: [], standing: [], drawn: [] };
  window.cardTimes = found;
  window.addEventListener("keydown", (event) => found.pressed.push(event.timeStamp), true);
  const watch = (root) => new MutationObserver((changes) => {
    const added = changes.flatMap((one) => [...one.addedNodes]);
    if (!added.some((node) => node.className === "head")) return;
    const row = root.querySelector(".row-id")?.textContent;
    if (row === watch.row) return;
    watch.row = row;
    if (found.pressed.length > found.standing.length) {
      found.standing.push(performance.now());
      requestAnimationFrame(() => setTimeout(() => found.drawn.push(performance.now())));
    }
  }).observe(root, { subtree: true, childList: true });
  const timer = setInterval(() => {
    const roots = [...document.querySelectorAll("*")].flatMap((one) => one.shadowRoot ?? []);
    const root = roots.find((one) => one.querySelector(".card"));
    if (!root) return;
    clearInterval(timer);
    watch.row = root.querySelector(".row-id")?.textContent;
    watch(root);
  }, 50);
})()"""


def main() -> None:
    """Make the project, press the keys and print what came of it."""
    asked = [int(argument) for argument in sys.argv[1:]]
    rows, functions = [*asked, *(100_000, 50)[len(asked) :]]
    with tempfile.TemporaryDirectory() as scratch:
        projects = Path(scratch) / "projects"
        projects.mkdir()
        make_loop_project(projects / "bench", rows, functions)
        before = _fits(projects / "bench")
        settings = {"LABELWRIGHT_PROJECTS": str(projects)}
        with served(REPOSITORY / "app.py", settings) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(), args=list(CHROMIUM_ARGUMENTS)
            )
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.add_init_script(PROBE)
            page.goto(f"{url}/annotate")
            expect(page.locator(".card .text")).to_be_visible(timeout=60_000)
            page.wait_for_timeout(2_000)
            single = _press(page, SINGLE, GAP_MS)
            page.wait_for_timeout(2_000)
            bursts = [_press(page, BURST, BURST_GAP_MS, PAUSE_MS) for _ in range(BURSTS)]
            together = tuple(
                [took for burst in bursts for took in burst[which]] for which in (0, 1)
            )
            page.wait_for_timeout(5_000)
            browser.close()
        pressed = SINGLE + BURSTS * BURST
        store = DuckDBOpener().open(projects / "bench")
        events = Counter(event.row_id for event in store.annotations())
        store.close()
        fits = _fits(projects / "bench") - before
    print("| rows | functions | presses | next card stands, median | p95 | drawn, median | p95 |")
    print("|--:|--:|---|--:|--:|--:|--:|")
    for name, times in (
        (f"{SINGLE}, {GAP_MS} ms apart", single),
        (f"{BURSTS} x {BURST}, {BURST_GAP_MS} ms apart", together),
    ):
        figures = " | ".join(
            f"{median(one):.1f} ms | {quantiles(one, n=20)[-1]:.1f} ms" for one in times
        )
        print(f"| {rows:,} | {functions} | {name} | {figures} |")
    kept, twice = sum(events.values()), sum(count > 1 for count in events.values())
    print(f"\n{kept} of {pressed} presses are saved labels, {twice} rows have two.")
    print(f"{fits} fits of the label model meanwhile.")


def _press(
    page: Page, times: int, gap_ms: int, pause_ms: int = 0
) -> tuple[list[float], list[float]]:
    """Press a digit so often, and return how long after each the next card stood and was drawn."""
    page.evaluate("() => { for (const one of Object.values(cardTimes)) one.length = 0; }")
    due = time.perf_counter()
    for number in range(times):
        page.keyboard.press("12"[number % 2])
        due += gap_ms / 1000
        time.sleep(max(0.0, due - time.perf_counter()))
    page.wait_for_timeout(pause_ms or 500)
    found = page.evaluate("() => cardTimes")
    lengths = [len(found[name]) for name in ("pressed", "standing", "drawn")]
    assert lengths == [times] * 3, f"of {times} presses: {lengths}"
    standing, drawn = (
        [at - pressed for pressed, at in zip(found["pressed"], found[name], strict=True)]
        for name in ("standing", "drawn")
    )
    return standing, drawn


def _fits(folder: Path) -> int:
    """Return how many fits a project has on record."""
    store = DuckDBOpener().open(folder)
    try:
        return len(store.fits(1_000_000))
    finally:
        store.close()


if __name__ == "__main__":
    main()
