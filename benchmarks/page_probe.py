"""Notes in a browser page when which part of it came to look different.

Tables are painted on a canvas, so their text is caught as it is painted; the rest of the page is
looked at before each frame. Times are milliseconds since 1970, the same in every page.
"""

from typing import Any

from playwright.sync_api import Page

PROBE = """(() => {
  const probe = { changes: {}, shown: {}, known: new Set(), pressed: 0, frame: 0, longestFrame: 0 };
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
  const parts = {
    tabs: () => text("[data-testid=stMainBlockContainer] [role=radio]"),
    hits: () => text("[role=radio]").match(/Hits [\\d,]+/)?.[0] ?? "",
    preview: () => text(".st-key-studio-preview-panel"),
    charts: () => text("[data-testid=stVegaLiteChart] text"),
    tiles: () => text("[data-testid=stMetricValue]"),
    rows: () => all("[class*='-rows-pane'] *")
      .map((one) => one.shadowRoot?.querySelector(".rows")?.textContent ?? "").join(""),
    running: () => String(/Running .*(…|%)/.test(text("[data-testid=stText]"))),
    idle: () => String(text("[data-testid=stText]").includes("Up to date")),
  };
  const look = () => {
    const now = Date.now();
    if (probe.frame) probe.longestFrame = Math.max(probe.longestFrame, now - probe.frame);
    probe.frame = now;
    for (const [part, read] of Object.entries(parts)) {
      const found = read();
      if (found !== probe.shown[part]) {
        probe.shown[part] = found;
        note(part);
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.addEventListener("keydown", () => (probe.pressed = Date.now()), { capture: true });
})()"""


def watch(page: Page) -> None:
    """Start the probe in every document that this page loads."""
    page.add_init_script(PROBE)


def forget(page: Page) -> None:
    """Forget the changes noted so far."""
    page.evaluate("() => { probe.changes = {}; probe.longestFrame = 0; }")


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


def longest_frame(page: Page) -> int:
    """Return the longest time between two frames since `forget`, in milliseconds."""
    return int(page.evaluate("() => probe.longestFrame"))
