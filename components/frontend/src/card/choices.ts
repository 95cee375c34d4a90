import { button, element, shortName } from "../shared/dom";
import { type KeyMap, ofClass } from "./keymap";
import type { CardData } from "./types";

/** The buttons of the classes, and a filter where there are many. */
export class Choices {
  readonly root = element("div", "choices");
  readonly filter = element("input", "filter");
  private shown = "";
  private data: Pick<CardData, "classes" | "short"> = { classes: [], short: {} };

  constructor(
    private readonly keys: KeyMap,
    private readonly choose: (code: number) => void,
  ) {
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", "Classes");
    this.filter.placeholder = "Filter the classes";
    this.filter.setAttribute("aria-label", "Filter the classes");
    this.filter.oninput = () => this.fill();
  }

  draw({ classes, short }: CardData): void {
    const wanted = JSON.stringify([classes, short, classes.map((_, code) => this.keys.keyOf(ofClass(code)))]);
    this.filter.hidden = classes.length <= 9;
    if (wanted === this.shown) return;
    this.shown = wanted;
    this.data = { classes, short };
    this.root.classList.toggle("wide", Object.keys(short).length > 0);
    this.fill();
  }

  clearFilter(): void {
    if (!this.filter.value) return;
    this.filter.value = "";
    this.fill();
  }

  chooseFirst(): void {
    this.root.querySelector("button")?.click();
  }

  private fill(): void {
    const wanted = this.filter.value.trim().toLowerCase();
    const buttons = this.data.classes.flatMap((choice, code) => {
      if (!choice.name.toLowerCase().includes(wanted)) return [];
      const made = button("choice", "", () => {
        this.clearFilter();
        this.choose(code);
      });
      made.style.setProperty("--class-color", choice.color);
      const key = this.keys.shown(ofClass(code));
      if (key) made.append(element("kbd", "", key));
      made.append(element("span", "swatch"), shortName("choice-name", choice.name, this.data.short));
      return [made];
    });
    this.root.replaceChildren(...buttons);
  }
}
