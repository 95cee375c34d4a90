import base from "../shared/base.css";
import { button, container, element } from "../shared/dom";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import css from "./tabs.css";

interface Tab {
  key: string;
  title: string;
  /** How many rows it has, in words; "" where nobody counts. */
  count: string;
}

interface TabsData {
  label: string;
  tabs: Tab[];
  chosen: string;
  /** The number of the newest click that Python knows of. */
  heard: number;
}

const RETRY_MS = 2_000;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export default mounting<TabsData>((component) => new Tabs(component));

/** Tabs that say which one was clicked, whatever its count and place have become since. */
class Tabs implements Mounted<TabsData> {
  private readonly root: HTMLDivElement;
  private readonly buttons = new Map<string, HTMLButtonElement>();
  private clicked = { tab: "", number: 0 };
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private component: Component<TabsData>) {
    this.root = container(component.parentElement, "root tabs", base + css);
    this.root.setAttribute("role", "radiogroup");
    this.root.onkeydown = (event) => this.walk(event);
    this.update(component);
  }

  update(component: Component<TabsData>): void {
    this.component = component;
    const { data } = component;
    this.root.ariaLabel = data.label;
    if (data.heard >= this.clicked.number) clearTimeout(this.retry);
    const shown = data.tabs.map((tab) => this.drawn(tab));
    const same =
      shown.length === this.root.childElementCount && shown.every((it, i) => it === this.root.children[i]);
    if (!same) this.root.replaceChildren(...shown);
    this.mark();
  }

  close(): void {
    clearTimeout(this.retry);
  }

  /** A tab keeps its button, so that a press that began on it ends on it. */
  private drawn({ key, title, count }: Tab): HTMLButtonElement {
    const known = this.buttons.get(key) ?? button("tab", "", () => this.choose(key));
    known.setAttribute("role", "radio");
    // Two lines at most: a title of several words is broken itself, and its end has the count.
    const said = count ? `${title}${title.includes(" ") ? "\u00a0" : " "}${count}` : title;
    known.replaceChildren(element("span", "said", said));
    this.buttons.set(key, known);
    return known;
  }

  /** The tab clicked last, until Python has heard of it: what it drew before that knows of others. */
  private get chosen(): string {
    const { data } = this.component;
    return this.clicked.number > data.heard ? this.clicked.tab : data.chosen;
  }

  private mark(): void {
    for (const [key, tab] of this.buttons) {
      tab.ariaChecked = String(key === this.chosen);
      tab.tabIndex = key === this.chosen ? 0 : -1;
    }
  }

  private choose(tab: string): void {
    const number = Math.max(this.component.data.heard, this.clicked.number) + 1;
    this.clicked = { tab, number };
    this.mark();
    this.say();
  }

  /** Streamlit can drop a value that is set while the page is being built: say it until heard. */
  private say(): void {
    this.component.setStateValue("clicked", this.clicked);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.say(), RETRY_MS);
  }

  private walk(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (!step) return;
    const keys = this.component.data.tabs.map((tab) => tab.key);
    const key = keys.at((keys.indexOf(this.chosen) + step) % keys.length)!;
    this.choose(key);
    this.buttons.get(key)?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
