/** What a key can do; classes are told apart by their code. */
export type Deed =
  | "accept" | "skip" | "undo" | "redo" | "note" | "flag" | "votes" | "guidance" | "filter" | "help"
  | `class ${number}`;

/** The deeds that are no class, with their usual keys, what they do, and what else does it. */
export const DEEDS: [Exclude<Deed, `class ${number}`>, string, string, string?][] = [
  ["accept", "Enter", "accept the suggestion"],
  ["skip", "s", "skip the row", "0, too, where it is free"],
  ["undo", "u", "undo the last answer", "Ctrl-Z, too"],
  ["redo", "y", "redo what was undone", "Ctrl-Shift-Z, too"],
  ["note", "n", "write a note", "Enter returns to the row"],
  ["flag", "f", "flag the row to be looked at again"],
  ["votes", "v", "show or hide the votes on the row"],
  ["guidance", "g", "show or hide guidelines and examples"],
  ["filter", "/", "filter the classes", "where there are more than nine"],
  ["help", "?", "show or hide this list"],
];

/** Letters for the tenth class and later: those that mean nothing above or in Streamlit. */
const LETTERS = "qwetiopadhjklzxbm";
const OF_STREAMLIT = "cr";
const NAMED = ["Enter", "Backspace", "Delete", "Insert", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
const STORAGE_NAME = "labelwright:keys";

const USUAL: ReadonlyMap<Deed, string> = new Map(DEEDS.map(([deed, key]) => [deed, key]));

export const ofClass = (code: number): Deed => `class ${code}`;

/** Which key does what. What a person changed is kept in the browser, for all projects. */
export class KeyMap {
  private own: Map<Deed, string>;

  constructor() {
    this.own = new Map(kept());
  }

  get isUsual(): boolean {
    return this.own.size === 0;
  }

  /** The key as `pressedKey` names it, "" where there is none. */
  keyOf(deed: Deed): string {
    const own = this.own.get(deed);
    if (own !== undefined) return own;
    // A project with more classes has usual keys that a person may have given to something else.
    const usual = usualKey(deed);
    return [...this.own.values()].includes(usual) ? "" : usual;
  }

  /** The key as a person reads it. */
  shown(deed: Deed): string {
    return shownKey(this.keyOf(deed));
  }

  /** What a key does where there are so many classes. */
  deedOf(key: string, classes: number): Deed | undefined {
    const found = deeds(classes).find((deed) => this.keyOf(deed) === key);
    // As on other tools: a second key of skip, as long as nothing else has it.
    return found ?? (key === "0" ? "skip" : undefined);
  }

  /** Gives a deed another key; returns why not where that cannot be. */
  change(deed: Deed, key: string, classes: number, nameOf: (deed: Deed) => string): string | undefined {
    const refused = unusable(key);
    if (refused) return refused;
    const other = deeds(classes).find((one) => one !== deed && this.keyOf(one) === key);
    if (other) {
      return `${shownKey(key)} is the key for “${nameOf(other)}”. Give that one another key first.`;
    }
    if (key === usualKey(deed)) this.own.delete(deed);
    else this.own.set(deed, key);
    localStorage.setItem(STORAGE_NAME, JSON.stringify([...this.own]));
    return undefined;
  }

  reset(): void {
    this.own.clear();
    localStorage.removeItem(STORAGE_NAME);
  }
}

export function deeds(classes: number): Deed[] {
  return [...USUAL.keys(), ...Array.from({ length: classes }, (_, code) => ofClass(code))];
}

/** The key of a press: a lower-case character, or the name of another key. */
export function pressedKey(event: KeyboardEvent): string {
  return digitOf(event) ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

export function shownKey(key: string): string {
  const names: Record<string, string> = {
    " ": "Space", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→",
  };
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

function unusable(key: string): string | undefined {
  if (key.length === 1 && OF_STREAMLIT.includes(key)) {
    return `${shownKey(key)} has a meaning of its own on every page. Choose another key.`;
  }
  if (key.length === 1 || NAMED.includes(key)) return undefined;
  return `${key} cannot be used. Choose a letter, a digit, a sign, Space, Enter, Delete or an arrow.`;
}

/** The digit on the key cap: some keyboards need Shift for digits, and nobody wants to hold it. */
function digitOf(event: KeyboardEvent): string | null {
  if (/^\d$/.test(event.key)) return event.key;
  if (event.shiftKey) return null;
  return /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? null;
}

function usualKey(deed: Deed): string {
  const known = USUAL.get(deed);
  if (known !== undefined) return known;
  const code = Number(deed.slice("class ".length));
  return code < 9 ? String(code + 1) : (LETTERS[code - 9] ?? "");
}

/** What is kept in the browser; a person can have changed that by hand, so it is looked at first. */
function kept(): [Deed, string][] {
  try {
    const pairs: unknown = JSON.parse(localStorage.getItem(STORAGE_NAME) ?? "[]");
    return (pairs as [Deed, string][]).filter(
      ([deed, key]) => (USUAL.has(deed) || /^class \d+$/.test(deed)) && !unusable(key),
    );
  } catch {
    console.warn(`${STORAGE_NAME} in the browser's storage holds no keys; the usual ones hold.`);
    return [];
  }
}
