import { type Deed, type KeyMap, pressedKey } from "./keymap";

export type Command =
  | { name: "label"; code: number }
  | { name: Exclude<Deed, `class ${number}`> | "leave" };

/** What a key press means for the card, or null where it means nothing to it. */
export function commandOf(event: KeyboardEvent, keys: KeyMap, classes: number): Command | null {
  if (event.altKey || event.repeat || event.isComposing) return null;
  const key = pressedKey(event);
  if (event.ctrlKey || event.metaKey) return undoOrRedo(key, event.shiftKey);
  if (key === "Escape") return { name: "leave" };
  const deed = keys.deedOf(key, classes);
  if (!deed) return null;
  const code = /^class (\d+)$/.exec(deed)?.[1];
  return code === undefined
    ? { name: deed as Exclude<Deed, `class ${number}`> }
    : { name: "label", code: Number(code) };
}

function undoOrRedo(key: string, shift: boolean): Command | null {
  if (key === "z") return { name: shift ? "redo" : "undo" };
  return key === "y" ? { name: "redo" } : null;
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
