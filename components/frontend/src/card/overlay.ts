import { button, element } from "../shared/dom";
import { type Deed, DEEDS, type KeyMap, ofClass, pressedKey, shownKey } from "./keymap";
import type { ClassChoice } from "./types";

const MODIFIERS = ["Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock", "Dead", "Process"];

/** The list of all keys, over the page, where each can be changed. */
export class KeysOverlay {
  readonly root = element("dialog", "keys");
  private readonly list = element("div", "keys-list");
  private readonly said = element("p", "keys-said");
  private readonly resetAll = button("plain-button", "Reset all keys", () => this.reset());
  private classes: ClassChoice[] = [];
  /** What waits for a key. */
  private waiting: Deed | undefined;

  /** `onChange` is told when a key changed, `onClose` when the list is closed. */
  constructor(
    private readonly keys: KeyMap,
    private readonly onChange: () => void,
    onClose: () => void,
  ) {
    const head = element("div", "keys-head");
    const close = button("plain-button", "Close", () => this.root.close());
    const title = element("h3", "", "Keys");
    title.id = "keys-title";
    head.append(title, close, this.said);
    this.said.setAttribute("role", "status");
    this.root.setAttribute("aria-labelledby", title.id);
    const content = element("div", "keys-content");
    content.append(head, this.list, this.resetAll);
    this.root.append(content);
    this.root.onclose = () => {
      this.wait(undefined);
      onClose();
    };
    // A click beside it lands on the dialog itself.
    this.root.onclick = (event) => {
      if (event.target === this.root) this.root.close();
    };
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  open(classes: ClassChoice[]): void {
    this.classes = classes;
    this.say("Choose a key to change it. Changes are kept in this browser, for all projects.");
    this.draw();
    this.root.showModal();
  }

  /** Takes every press while it lies open; Escape closes it by itself where no key is waited for. */
  onKey(event: KeyboardEvent): void {
    if (MODIFIERS.includes(event.key) || event.isComposing) return;
    // Letters are shortcuts of Streamlit's, too.
    if (this.waiting || event.key.length === 1) event.stopImmediatePropagation();
    if (this.waiting) {
      event.preventDefault();
      if (event.repeat) return;
      if (event.key === "Escape") this.leave();
      else this.give(this.waiting, event);
    } else if (pressedKey(event) === this.keys.keyOf("help")) {
      event.preventDefault();
      this.root.close();
    }
  }

  private give(deed: Deed, event: KeyboardEvent): void {
    const held = event.ctrlKey || event.metaKey || event.altKey;
    const refused = held
      ? "Keys with Ctrl, Alt or Cmd belong to the browser. Press one key alone."
      : this.keys.change(deed, pressedKey(event), this.classes.length, (one) => this.nameOf(one));
    if (refused) {
      this.say(refused, true);
      return;
    }
    this.say(`${shownKey(this.keys.keyOf(deed))}: ${this.nameOf(deed)}.`);
    this.wait(undefined);
    this.focusOn(deed);
    this.onChange();
  }

  private leave(): void {
    const deed = this.waiting;
    this.wait(undefined);
    this.say("Nothing was changed.");
    if (deed) this.focusOn(deed);
  }

  private reset(): void {
    this.keys.reset();
    this.wait(undefined);
    this.say("All keys are the usual ones again.");
    this.onChange();
  }

  private wait(deed: Deed | undefined): void {
    this.waiting = deed;
    if (deed) this.say(`Press the new key for “${this.nameOf(deed)}”; Escape keeps the old one.`);
    this.draw();
    if (deed) this.focusOn(deed);
  }

  private say(sentence: string, refused = false): void {
    this.said.textContent = sentence;
    this.said.classList.toggle("refused", refused);
  }

  private draw(): void {
    this.list.replaceChildren(
      ...DEEDS.map(([deed, , meaning, more]) => this.line(deed, meaning, more)),
      ...this.classes.map((choice, code) => this.line(ofClass(code), choice.name)),
    );
    this.resetAll.disabled = this.keys.isUsual;
  }

  private line(deed: Deed, meaning: string, more = ""): HTMLElement {
    const line = element("div", "keys-line");
    const key = button("keys-key", "", () => this.wait(deed));
    key.dataset.deed = deed;
    const shown = this.waiting === deed ? "press …" : this.keys.shown(deed) || "none";
    key.append(element("kbd", "", shown));
    key.setAttribute("aria-label", `Change the key for “${meaning}”, now ${shown}`);
    const text = element("span", "keys-meaning", meaning);
    if (more) text.append(element("span", "keys-more", ` (${more})`));
    line.append(key, text);
    return line;
  }

  private focusOn(deed: Deed): void {
    this.list.querySelector<HTMLElement>(`[data-deed="${deed}"]`)?.focus();
  }

  private nameOf(deed: Deed): string {
    const known = DEEDS.find(([one]) => one === deed);
    return known ? known[2] : (this.classes[Number(deed.slice("class ".length))]?.name ?? deed);
  }
}
