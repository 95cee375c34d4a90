import base from "../shared/base.css";
import { container, element } from "../shared/dom";
import { type DocumentData, Exchange } from "../shared/exchange";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import css from "./builder.css";
import { columnChoice, onlyCondition, type Surroundings } from "./condition";
import { choice, labelled, textField } from "./fields";
import { type Column, type Condition, type Json, type Kind, type Model, read, written } from "./model";
import { Tree } from "./tree";

interface BuilderData extends DocumentData {
  kind: Kind;
  name: string;
  source: Json;
  columns: Column[];
  text_column: string;
  classes: { name: string; color: string }[];
  problem: string;
  label: string;
}

/** Keys struck together make one message; of those that come while the page runs, the newest counts. */
const DEBOUNCE_MS = 50;
const IS_MAC = /Mac|iP/.test(navigator.platform);
const SAVE_KEYS = IS_MAC ? "⌘S save · ⌘↵ preview" : "Ctrl-S save · Ctrl-Enter preview";
const RULE_KEYS = IS_MAC ? "⌥↵ condition · ⌥N not · " : "Alt-Enter condition · Alt-N not · ";

export default mounting<BuilderData>((component) => new Builder(component));

/** The form of a function without code: its fields, and the exchange of what they say. */
class Builder implements Mounted<BuilderData> {
  private readonly root: HTMLDivElement;
  private readonly fields = element("div", "fields");
  private readonly problem = element("div", "problem");
  private readonly keys = element("div", "keys");
  private readonly exchange: Exchange;
  private model: Model;
  private tree: Tree | undefined;

  constructor(private component: Component<BuilderData>) {
    this.model = this.modelOfData();
    this.exchange = new Exchange(component, () => this.text(), DEBOUNCE_MS, true);
    this.root = container(component.parentElement, "root builder", base + css);
    this.root.setAttribute("role", "form");
    this.problem.setAttribute("role", "status");
    this.root.append(this.fields, this.problem, this.keys);
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget as Element | null)) this.exchange.leave();
    });
    this.draw();
    this.refresh();
  }

  update(component: Component<BuilderData>): void {
    const before = this.component.data;
    this.component = component;
    if (this.exchange.update(component)) {
      this.model = this.modelOfData();
      this.draw();
    } else if (JSON.stringify(choicesOf(before)) !== JSON.stringify(choicesOf(component.data))) {
      this.draw();
    }
    this.refresh();
  }

  close(): void {
    this.exchange.cancel();
  }

  private modelOfData(): Model {
    const { kind, name, source } = this.component.data;
    return read(kind, name, source);
  }

  private text(): string {
    const { kind, columns } = this.component.data;
    return JSON.stringify({ name: this.model.name, source: written(kind, this.model, columns) });
  }

  /** Draws all fields from the model; typing changes the model and never comes here. */
  private draw(): void {
    const { kind, columns, text_column, label } = this.component.data;
    this.root.ariaLabel = label;
    const around: Surroundings = {
      columns,
      edited: () => this.edited(),
      reshaped: () => this.edited(),
    };
    const name = textField(this.model.name, "Name", (value) => {
      this.model.name = value;
      this.edited();
    });
    const top = element("div", "top");
    top.append(labelled("Name", name), labelled("Votes for", this.classChoice(), "votes"));
    if (kind === "rule") {
      this.tree = new Tree(this.model.root, around, text_column);
      this.fields.replaceChildren(top, this.tree.element);
    } else {
      this.tree = undefined;
      const only = this.model.root.parts[0] as Condition;
      const body = onlyCondition(only, around);
      if (columns.length > 1) top.append(labelled("Column", columnChoice(only, around)));
      this.fields.replaceChildren(top, ...body);
    }
    this.keys.textContent = (kind === "rule" ? RULE_KEYS : "") + SAVE_KEYS;
  }

  private classChoice(): HTMLSelectElement {
    const { classes } = this.component.data;
    const paint = () => {
      const color = classes.find(({ name }) => name === this.model.label)?.color ?? "transparent";
      field.style.setProperty("--class-color", color);
    };
    const options = classes.map(({ name }) => [name, name] as const);
    const field = choice(this.model.label, options, "Votes for", (value) => {
      this.model.label = value;
      paint();
      this.edited();
    });
    field.className = "class";
    paint();
    return field;
  }

  private edited(): void {
    this.exchange.edited();
    this.refresh();
  }

  private refresh(): void {
    const { problem } = this.component.data;
    // What Python says of an older state stays until it has spoken of this one: no flicker.
    if (this.exchange.answered) this.problem.textContent = this.exchange.stamp ? problem : "";
  }

  private onKey(event: KeyboardEvent): void {
    // Streamlit's own shortcuts (R, C) listen on the document and cannot see these fields.
    event.stopPropagation();
    const command = IS_MAC ? event.metaKey : event.ctrlKey;
    let done = false;
    if (command && event.key.toLowerCase() === "s") done = this.exchange.trigger("save");
    else if (command && event.key === "Enter") done = this.exchange.trigger("preview");
    else if (this.tree) done = this.tree.onKey(event);
    if (done) event.preventDefault();
  }
}

/** What can be chosen, and so what must be drawn anew where it changes. */
const choicesOf = ({ columns, classes, kind }: BuilderData) => ({ columns, classes, kind });
