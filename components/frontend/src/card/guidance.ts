import { button, classChip, element } from "../shared/dom";
import type { KeyMap } from "./keymap";
import type { CardData, Example } from "./types";

const STORAGE_NAME = "labelwright:guidance";
const NO_GUIDELINES = "There are none yet. Whoever manages the project writes them on Data, under Classes and guidelines.";
const NO_EXAMPLES = "There are none yet. Examples are rows whose class was imported, or settled in Review.";

/** What annotators are told: the guidelines, and known rows of each class. It can be folded away. */
export class Guidance {
  readonly root = element("aside", "guidance");
  private readonly toggle = button("guidance-toggle", "", () => this.turn());
  private readonly content = element("div", "guidance-content");
  private readonly hint = element("kbd");
  private shown = "";

  /** `onTurn` is told whether it lies open, whenever that changes. */
  constructor(
    private readonly keys: KeyMap,
    private readonly onTurn: (open: boolean) => void,
  ) {
    this.toggle.append(element("span", "arrow"), "Guidelines and examples", this.hint);
    this.content.id = "guidance";
    this.toggle.setAttribute("aria-controls", this.content.id);
    this.root.setAttribute("aria-label", "Guidelines and examples");
    this.root.append(this.toggle, this.content);
  }

  draw({ guidelines, examples, classes, short }: CardData): void {
    this.hint.textContent = this.keys.shown("guidance");
    const wanted = JSON.stringify([guidelines, examples, classes, short]);
    if (wanted === this.shown) return;
    const first = this.shown === "";
    this.shown = wanted;
    const byClass = scrolling("guidance-examples");
    classes.forEach((choice, code) => {
      const own = examples.filter((example) => example.code === code);
      if (own.length) byClass.append(classChip(choice.name, choice.color, short), examplesOf(own));
    });
    const text = guidelines ? scrolling("guideline-text", guidelines) : element("div", "nothing", NO_GUIDELINES);
    this.content.replaceChildren(
      element("h3", "", "Guidelines"),
      text,
      element("h3", "", "Examples"),
      examples.length ? byClass : element("div", "nothing", NO_EXAMPLES),
    );
    if (first) this.open(this.kept() ?? (guidelines !== "" || examples.length > 0));
  }

  turn(): void {
    const open = this.content.hidden !== false;
    localStorage.setItem(STORAGE_NAME, open ? "open" : "closed");
    this.open(open);
  }

  private open(open: boolean): void {
    this.content.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.onTurn(open);
  }

  private kept(): boolean | undefined {
    const kept = localStorage.getItem(STORAGE_NAME);
    return kept === null ? undefined : kept === "open";
  }
}

/** An area that the keyboard can scroll. */
function scrolling(className: string, text = ""): HTMLElement {
  const area = element("div", className, text);
  area.tabIndex = 0;
  return area;
}

function examplesOf(examples: Example[]): HTMLElement {
  const list = element("ul", "examples");
  for (const example of examples) {
    const item = element("li", "", example.text);
    item.title = `Row ${example.row_id}`;
    list.append(item);
  }
  return list;
}
