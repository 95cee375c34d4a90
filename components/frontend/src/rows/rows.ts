import { classChip, container, element, shortName, type ShortNames } from "../shared/dom";
import base from "../shared/base.css";
import { marked, type Span } from "../shared/marks";
import { mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import css from "./rows.css";

interface Vote {
  function: string;
  code: number;
}

interface Row {
  row_id: number;
  text: string;
  highlights: Span[];
  label: number | null;
  confidence: number | null;
  gold: number | null;
  correct: boolean | null;
  votes: Vote[];
  fields: [name: string, value: string][];
  judged: string | null;
  note: string;
}

interface RowsData {
  rows: Row[];
  classes: { name: string; color: string }[];
  short: ShortNames;
  selected: number | null;
  height: number | null;
  empty: string;
  label: string;
  /** Whether a click on a row does anything. */
  clickable: boolean;
}

type Classes = RowsData["classes"];

const ABSTAIN_COLOR = "#8a9399";

export default mounting<RowsData>((component) => {
  const root = container(component.parentElement, "root rows", base + css);
  draw(root, component);
  return {
    update: (changed) => draw(root, changed),
    close: () => undefined,
  };
});

function draw(root: HTMLDivElement, component: Component<RowsData>): void {
  const { data, parentElement } = component;
  const focused = (parentElement.activeElement as HTMLElement | null)?.dataset.row;
  const scrolled = root.scrollTop;
  root.style.maxHeight = data.height ? `${data.height}px` : "";
  root.classList.toggle("clickable", data.clickable);
  root.setAttribute("role", "listbox");
  root.setAttribute("aria-label", data.label);
  const lines = data.rows.map((row) => kept(root, line(row, data)));
  const shown = lines.length ? lines : [element("p", "empty", data.empty)];
  const same = shown.length === root.childElementCount && shown.every((it, i) => it === root.children[i]);
  if (!same) root.replaceChildren(...shown);
  const entry = lines.find((row) => row.ariaSelected === "true") ?? lines[0];
  if (entry) entry.tabIndex = 0;
  root.scrollTop = scrolled;
  if (focused) root.querySelector<HTMLElement>(`[data-row="${focused}"]`)?.focus();
  root.onclick = (event) => choose(component, event);
  root.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") choose(component, event);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(root, event);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** The line that is there already, saying what the new one says: a press that began on it ends on it. */
function kept(root: HTMLElement, made: HTMLElement): HTMLElement {
  const before = root.querySelector<HTMLElement>(`:scope > [data-row="${made.dataset.row}"]`);
  if (!before) return made;
  before.ariaSelected = made.ariaSelected;
  before.tabIndex = made.tabIndex;
  if (before.innerHTML !== made.innerHTML) before.replaceChildren(...made.childNodes);
  return before;
}

function choose(component: Component<RowsData>, event: Event): void {
  const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
  if (!row || !component.data.clickable) return;
  // A person who marks text to copy it does not mean to open the row.
  if (event.type === "click" && getSelection()?.type === "Range") return;
  component.setTriggerValue("clicked", Number(row.dataset.row));
}

function walk(root: HTMLElement, event: KeyboardEvent): void {
  const row = (event.target as HTMLElement).closest("[data-row]");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  if (!(next instanceof HTMLElement) || !root.contains(next)) return;
  // One stop for Tab in the whole list: the row last walked to.
  for (const stop of root.querySelectorAll<HTMLElement>('[tabindex="0"]')) stop.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function line(row: Row, data: RowsData): HTMLElement {
  const made = element("div", "row");
  made.dataset.row = String(row.row_id);
  made.tabIndex = -1;
  made.setAttribute("role", "option");
  made.ariaSelected = String(row.row_id === data.selected);
  const text = element("div", "text");
  text.append(...marked(row.text, row.highlights, (code) => colorOf(code, data.classes)));
  made.append(element("span", "id", String(row.row_id)), text);
  if (row.fields.length) made.append(fieldsOf(row));
  const facts = factsOf(row, data);
  if (facts.length) {
    const line = element("div", "facts");
    line.append(...facts);
    made.append(line);
  }
  return made;
}

/** The other columns, in one line until the row is chosen or has the focus. */
function fieldsOf(row: Row): HTMLElement {
  const line = element("div", "fields");
  for (const [name, value] of row.fields) {
    const field = element("span", "field");
    field.append(element("span", "field-name", name), ` ${value}`);
    line.append(field, " ");
  }
  line.title = row.fields.map(([name, value]) => `${name}: ${value}`).join("\n");
  return line;
}

function factsOf(row: Row, { classes, short }: RowsData): HTMLElement[] {
  const facts: HTMLElement[] = [];
  if (row.label !== null) {
    facts.push(classChip(nameOf(row.label, classes), colorOf(row.label, classes), short));
    if (row.confidence !== null) facts.push(element("span", "number", percent(row.confidence)));
  }
  if (row.correct !== null && row.judged === null) facts.push(judgement(row.correct));
  if (row.gold !== null) {
    const gold = element("span", "gold");
    gold.append("gold ", classChip(nameOf(row.gold, classes), colorOf(row.gold, classes), short, "chip plain"));
    facts.push(gold);
  }
  const isJudged = (vote: Vote) => vote.function === row.judged;
  const others = row.votes.filter((vote) => !isJudged(vote));
  for (const vote of [...row.votes.filter(isJudged), ...others]) {
    const chip = classChip(vote.function, colorOf(vote.code, classes), short, "chip plain vote");
    const name = nameOf(vote.code, classes);
    chip.title = `${vote.function} votes ${name}`;
    chip.append(shortName("vote-class", name, short));
    if (row.correct !== null && isJudged(vote)) chip.append(judgement(row.correct));
    facts.push(chip);
  }
  if (row.note) facts.push(element("span", "note", row.note));
  return facts;
}

/** Stands beside what it judges: the label, or the vote of the function that is open. */
const judgement = (correct: boolean) =>
  correct ? element("span", "right", "✓ right") : element("span", "wrong", "✗ wrong");
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const nameOf = (code: number, classes: Classes) => classes[code]?.name ?? "abstain";
const colorOf = (code: number | null, classes: Classes) =>
  (code === null ? "var(--st-primary-color)" : classes[code]?.color) ?? ABSTAIN_COLOR;
