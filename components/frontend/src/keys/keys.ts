import base from "../shared/base.css";
import { button, container, element } from "../shared/dom";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import css from "./keys.css";

interface KeysData {
  title: string;
  groups: { where: string; keys: [string, string][] }[];
  /** Which button, by its key in Streamlit, a key with Ctrl presses wherever the focus is. */
  presses: Record<string, string>;
}

const FIELDS = "input, textarea, select, [contenteditable]";
const IS_MAC = /Mac|iP/.test(navigator.platform);

export default mounting<KeysData>((component) => new Keys(component));

/** The list of keys over the page: `?` shows and hides it, Escape hides it. */
class Keys implements Mounted<KeysData> {
  private readonly panel = element("div", "panel");
  private readonly opener: HTMLButtonElement;
  private before: HTMLElement | null = null;

  constructor(private component: Component<KeysData>) {
    const root = container(component.parentElement, "root keys", base + css);
    this.opener = button("opener", "", () => this.show(this.panel.hidden === true));
    this.opener.append(element("kbd", "", "?"), " Keys");
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("role", "dialog");
    root.append(this.opener, this.panel);
    document.addEventListener("keydown", this.onKey);
    this.update(component);
  }

  update(component: Component<KeysData>): void {
    this.component = component;
    const { data } = component;
    this.panel.ariaLabel = data.title;
    const close = button("close", "Close", () => this.show(false));
    const head = element("div", "head");
    head.append(element("strong", "", data.title), close);
    this.panel.replaceChildren(head, ...data.groups.flatMap(({ where, keys }) => group(where, keys)));
  }

  close(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !this.panel.hidden) this.show(false);
    else if (event.key === "?" && !isTyping(event)) this.show(this.panel.hidden === true);
    else if (IS_MAC ? event.metaKey : event.ctrlKey) return this.press(event);
    else return;
    event.preventDefault();
  };

  /** Presses a button; a field that has the focus hands over first what was typed into it. */
  private press(event: KeyboardEvent): void {
    const key = this.component.data.presses[event.key.toLowerCase()];
    if (key === undefined) return;
    event.preventDefault();
    const at = focused();
    at?.blur();
    document.querySelector<HTMLButtonElement>(`.st-key-${key} button`)?.click();
    at?.focus();
  }

  private show(shown: boolean): void {
    if (shown === !this.panel.hidden) return;
    if (shown) this.before = focused();
    this.panel.hidden = !shown;
    this.opener.setAttribute("aria-expanded", String(shown));
    (shown ? this.panel : this.before)?.focus();
  }
}

function group(where: string, keys: [string, string][]): HTMLElement[] {
  const list = element("dl");
  for (const [pressed, does] of keys) {
    const term = element("dt");
    term.append(element("kbd", "", IS_MAC ? asOnMac(pressed) : pressed));
    list.append(term, element("dd", "", does));
  }
  return [element("div", "where", where), list];
}

function asOnMac(pressed: string): string {
  return pressed.replaceAll("Ctrl-", "⌘").replaceAll("Alt-", "⌥").replaceAll("Shift-", "⇧");
}

/** The element that has the focus, also one below a shadow root. */
function focused(): HTMLElement | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at as HTMLElement | null;
}

/** Whether a key is meant for a field, also one below a shadow root. */
function isTyping(event: KeyboardEvent): boolean {
  const at = event.composedPath()[0];
  return at instanceof Element && at.closest(FIELDS) !== null;
}
