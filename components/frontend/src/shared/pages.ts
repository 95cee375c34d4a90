/**
 * Clicks on the links between pages, and what must not be said while a page turns.
 *
 * Streamlit names the page that is shown in every message, and the newest message decides: one that
 * follows the click on a link before the new page has answered turns back to the old page.
 */

/** Longer than a busy server needs for its first answer. */
export const LONGEST_TURN_MS = 1_500;
/** Until then the run that a field started by losing the focus has begun; one that waits would be
 * merged with that of the new page, and a page that is left keeps nothing of it. */
const HOLD_MS = 80;
/** What a component said just before the click is sent by then, before the page is asked for. */
const FLUSH_MS = 50;
/** A page turns after this, whatever still runs. */
const LONGEST_WAIT_MS = 400;
const LOOK_MS = 10;
const RUNNING = ["running", "rerunRequested"].map((s) => `[data-test-script-state="${s}"]`).join();
/** Longer than a click takes from the press, which moves the focus, to the release. */
const LONGEST_CLICK_MS = 1_000;
const MODIFIERS = ["ctrlKey", "metaKey", "shiftKey", "altKey"] as const;

interface Turns {
  turn?: { from: string; began: number };
  watching?: boolean;
  /** When a field lost the focus last. */
  left?: number;
}

/** Each component is a bundle with its own copy of this module; a click is seen by one of them. */
const SHARED = Symbol.for("labelwright.turns");
const turns: Turns = ((window as unknown as Record<symbol, Turns>)[SHARED] ??= {});

/** Tells whether a link was clicked whose page has not come yet. */
export function turning(): boolean {
  const { turn } = turns;
  if (turn && (location.pathname !== turn.from || Date.now() - turn.began > LONGEST_TURN_MS)) {
    delete turns.turn;
  }
  return turns.turn !== undefined;
}

/** From now on a field that loses the focus to a link sends what it holds before the link does. */
export function watchLinks(): void {
  if (turns.watching) return;
  turns.watching = true;
  window.addEventListener("click", onClick, { capture: true });
  window.addEventListener("focusout", () => (turns.left = Date.now()), { capture: true });
}

function onClick(event: MouseEvent): void {
  const link = pageLink(event);
  if (!link) return;
  if (event.isTrusted) {
    event.preventDefault();
    event.stopImmediatePropagation();
    turnTo(link);
    const asked = Date.now();
    const hold = asked - (turns.left ?? 0) < LONGEST_CLICK_MS ? HOLD_MS : FLUSH_MS;
    setTimeout(() => follow(link, asked), hold);
  } else turnTo(link);
}

/** Follows a link once no run is under way: what waits for its end would be merged with the turn. */
function follow(link: HTMLAnchorElement, asked: number): void {
  const runs = document.querySelector(RUNNING) !== null;
  if (runs && Date.now() - asked < LONGEST_WAIT_MS) setTimeout(() => follow(link, asked), LOOK_MS);
  else link.click();
}

function turnTo(link: HTMLAnchorElement): void {
  if (link.pathname === location.pathname) return;
  turns.turn = { from: location.pathname, began: Date.now() };
}

function pageLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.button !== 0 || MODIFIERS.some((key) => event[key])) return undefined;
  const link = (event.composedPath()[0] as Element).closest?.<HTMLAnchorElement>("a[href]");
  const navigates = link?.closest("[data-testid^='stTopNav'], [data-testid^='stSidebarNav']");
  return link && navigates ? link : undefined;
}
