/** Letters for the tenth class and later; the others have other meanings here or in Streamlit. */
const LETTERS = "qweytiopadhjklzxbm";

export function keyOfClass(code: number): string {
  return code < 9 ? String(code + 1) : (LETTERS[code - 9] ?? "");
}

export type Command =
  | { name: "label"; code: number }
  | { name: "accept" | "skip" | "undo" | "help" | "filter" | "note" | "flag" | "guidance" | "votes" | "leave" };

const COMMANDS: Record<string, Command["name"] & Exclude<Command["name"], "label">> = {
  Enter: "accept",
  s: "skip",
  "0": "skip",
  u: "undo",
  "?": "help",
  "/": "filter",
  n: "note",
  f: "flag",
  g: "guidance",
  v: "votes",
  Escape: "leave",
};

/** What a key press means for the card, or null where it means nothing to it. */
export function commandOf(event: KeyboardEvent, classCount: number): Command | null {
  if (event.altKey || event.repeat || event.isComposing) return null;
  const key = digitOf(event) ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  if (event.ctrlKey || event.metaKey) return key === "z" ? { name: "undo" } : null;
  const name = COMMANDS[key];
  if (name) return { name };
  const code = Array.from({ length: classCount }, (_, index) => keyOfClass(index)).indexOf(key);
  return code < 0 ? null : { name: "label", code };
}

/** The digit on the key cap: some keyboards need Shift for digits, and nobody wants to hold it. */
function digitOf(event: KeyboardEvent): string | null {
  if (/^\d$/.test(event.key)) return event.key;
  if (event.shiftKey) return null;
  return /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? null;
}

const INTERACTIVE =
  "input, textarea, select, button, a, summary, [contenteditable='true'], [role='dialog'], " +
  "[role='combobox'], [role='option'], [role='tab'], [role='slider'], [role='grid'], [role='menu']";

/** Whether a press belongs to something else on the page: a field, a button, a dialog. */
export function meantForOthers(event: KeyboardEvent, root: HTMLElement): boolean {
  if (event.composedPath().includes(root)) return false;
  const target = event.composedPath()[0];
  return target instanceof Element && target.closest(INTERACTIVE) !== null;
}
