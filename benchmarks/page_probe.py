"""Notes in a browser page when which part of it came to look different.

Tables are painted on a canvas, so their text is caught as it is painted; the rest of the page is
looked at in the frame that shows a change. Times are milliseconds since 1970 in every page.
"""

from typing import Any

from playwright.sync_api import Page

PROBE = """(() => {
  const probe = { changes: {}, shown: {}, known: new Set(), pressed: 0, longestTask: 0 };
  window.probe = probe;
  const note = (part) => (probe.changes[part] ??= []).push(Date.now());

  const paint = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    if (!probe.known.has(text)) {
      probe.known.add(text);
      note("table");
    }
    return paint.call(this, text, ...rest);
  };

  const all = (selector) => [...document.querySelectorAll(selector)];
  const text = (selector) => all(selector).map((one) => one.textContent).join(" ");
  // Looked at in every frame of a change: what is looked for must not take long to find.
  const roots = (place) => all(`${place} [data-testid=stBidiComponentIsolated]`)
    .flatMap((one) => one.shadowRoot ?? []);
  const panes = () => roots("[class*='-rows-pane']");
  const lines = () => roots("[class*='-activity']");
  const engine = () => lines().map((one) => one.querySelector(".line")?.textContent ?? "").join();
  const parts = {
    hits: () => panes().map((one) => one.querySelector(".tabs")?.textContent ?? "").join("")
      .match(/Hits [\\d,]+/)?.[0] ?? "",
    preview: () => text(".st-key-studio-preview-panel"),
    charts: () => text("[data-testid=stVegaLiteChart] text"),
    tiles: () => text("[data-testid=stMetricValue]"),
    rows: () => panes().map((one) => one.querySelector(".rows")?.textContent ?? "").join(""),
    running: () => String(/Running .*(…|%)/.test(engine())),
    idle: () => String(engine().includes("Up to date") && !parts.preview().includes("Running …")),
  };
  const watched = new WeakSet();
  const look = () => {
    waiting = false;
    for (const drawn of [...panes(), ...lines()]) {
      if (!watched.has(drawn)) watch(drawn);
    }
    for (const [part, read] of Object.entries(parts)) {
      const found = read();
      if (found !== probe.shown[part]) {
        probe.shown[part] = found;
        note(part);
      }
    }
  };
  // Only when something changed: to look before every frame would keep the browser drawing.
  let waiting = false;
  const observer = new MutationObserver(() => {
    if (!waiting) requestAnimationFrame(look);
    waiting = true;
  });
  const watch = (root) => {
    watched.add(root);
    observer.observe(root, { subtree: true, childList: true, characterData: true });
  };
  watch(document);
  // A list that is made anew fills its shadow root after the page has changed for it.
  setInterval(look, 100);
  new PerformanceObserver((found) => {
    const tasks = found.getEntries().map((task) => Math.round(task.duration));
    probe.longestTask = Math.max(probe.longestTask, ...tasks);
  }).observe({ entryTypes: ["longtask"] });
  window.addEventListener("keydown", () => (probe.pressed = Date.now()), { capture: true });
})()"""


def watch(page: Page) -> None:
    """Start the probe in every document that this page loads."""
    page.add_init_script(PROBE)


def forget(page: Page) -> None:
    """Forget the changes noted so far."""
    page.evaluate("() => { probe.changes = {}; probe.longestTask = 0; }")


def pressed(page: Page) -> int:
    """Return when a key was pressed last."""
    return int(page.evaluate("() => probe.pressed"))


def first_change(page: Page, part: str) -> int | None:
    """Return when a part first changed since `forget`, None where it did not."""
    found: Any = page.evaluate("part => probe.changes[part]?.[0] ?? null", part)
    return None if found is None else int(found)


def last_change(page: Page, part: str) -> int | None:
    """Return when a part last changed since `forget`, None where it did not."""
    found: Any = page.evaluate("part => probe.changes[part]?.at(-1) ?? null", part)
    return None if found is None else int(found)


def longest_task(page: Page) -> int:
    """Return how long the page was busy at a stretch since `forget`, at most, in milliseconds."""
    return int(page.evaluate("() => probe.longestTask"))
