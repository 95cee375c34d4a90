import { button, classChip, element, shortName, type ShortNames } from "../shared/dom";
import { CardBody, type ShownVotes } from "./body";
import { Guidance } from "./guidance";
import { type Command, keyOfClass } from "./keys";
import type { EventLog } from "./log";
import type { CardQueue } from "./queue";
import type { Sitting } from "./sitting";
import type { CardData, ClassChoice, Remarks } from "./types";

type Obey = (command: Command) => void;

/** What is drawn. */
export interface Drawn {
  data: CardData;
  queue: CardQueue;
  log: EventLog;
  sitting: Sitting;
  votes: ShownVotes;
}

const LONGEST_NOTE = 2_000;
const HELP: [string, string][] = [
  ["1 – 9", "label with that class"],
  ["Enter", "accept the suggestion"],
  ["S or 0", "skip"],
  ["U or Ctrl-Z", "undo"],
  ["N", "write a note; Enter returns to the row"],
  ["F", "flag the row: somebody should look at it again"],
  ["V", "show or hide the votes on this row"],
  ["G", "show or hide guidelines and examples"],
  ["/", "filter the classes"],
  ["?", "show or hide the keys"],
];

/** Draws the card; knows nothing of events. */
export class CardView {
  private readonly progress = element("div", "progress");
  private readonly card = element("section", "card");
  private readonly body: CardBody;
  private readonly choices = element("div", "choices");
  private readonly filter = element("input", "filter");
  private readonly note = element("input", "filter note");
  private readonly last = element("div", "last");
  private readonly flagAction = this.action("F", "Flag", { name: "flag" });
  private readonly votesAction = this.action("V", "Votes", { name: "votes" });
  private readonly help = element("dl", "help");
  private readonly guidance: Guidance;
  private classes: ClassChoice[] = [];
  private short: ShortNames = {};

  constructor(
    private readonly root: HTMLElement,
    private readonly obeyCommand: Obey,
  ) {
    this.body = new CardBody(() => this.press({ name: "accept" }));
    this.card.tabIndex = 0;
    this.card.setAttribute("aria-label", "Row to annotate. Press ? for the keys.");
    this.choices.setAttribute("role", "group");
    this.choices.setAttribute("aria-label", "Classes");
    this.last.setAttribute("role", "status");
    this.filter.placeholder = "Filter the classes";
    this.filter.setAttribute("aria-label", "Filter the classes");
    this.filter.oninput = () => this.drawChoices();
    this.note.placeholder = "Note on this row: saved with your answer, Enter returns to the row";
    this.note.setAttribute("aria-label", "Note on this row");
    this.note.maxLength = LONGEST_NOTE;
    this.note.hidden = true;
    this.help.append(...HELP.flatMap(([key, meaning]) => [term(key), element("dd", "", meaning)]));
    this.help.hidden = true;
    this.card.append(this.body.root, this.note, this.filter, this.choices, this.actions());
    const columns = element("div", "columns");
    const main = element("div", "main");
    main.append(this.progress, this.card, this.last, this.help);
    this.guidance = new Guidance((open) => columns.classList.toggle("guided", open));
    columns.append(main, this.guidance.root);
    root.append(columns);
    requestAnimationFrame(() => this.takeFocus());
  }

  draw({ data, queue, log, sitting, votes }: Drawn): void {
    this.drawProgress(data, log, sitting);
    this.card.classList.toggle("over", !queue.current);
    this.body.draw(queue.current, data, log, votes);
    this.votesAction.hidden = !data.votes_allowed || !queue.current;
    if (JSON.stringify(this.classes) !== JSON.stringify(data.classes)) {
      this.classes = data.classes;
      this.short = data.short;
      this.choices.classList.toggle("wide", Object.keys(data.short).length > 0);
      this.drawChoices();
    }
    this.filter.hidden = data.classes.length <= 9;
    this.drawLast(queue, data);
    this.guidance.draw(data);
  }

  /** Says something below the card until something else happens there. */
  say(sentence: string): void {
    this.last.replaceChildren(element("span", "", sentence));
  }

  /** Gives the note and the flag on the shown row, and forgets them. */
  takeRemarks(): Remarks {
    const remarks = { note: this.note.value.trim(), flagged: this.flagged };
    this.putRemarks({ note: "", flagged: false });
    return remarks;
  }

  /** Undo brings back what went with the answer. */
  putRemarks({ note, flagged }: Remarks): void {
    this.note.value = note;
    this.note.hidden = !note;
    this.flag(flagged);
  }

  turnFlag(): void {
    this.flag(!this.flagged);
  }

  private get flagged(): boolean {
    return this.card.classList.contains("flagged");
  }

  private flag(flagged: boolean): void {
    this.card.classList.toggle("flagged", flagged);
    this.flagAction.setAttribute("aria-pressed", String(flagged));
  }

  obey(command: "help" | "filter" | "note" | "guidance" | "leave"): void {
    if (command === "guidance") this.guidance.turn();
    if (command === "note") {
      this.note.hidden = false;
      this.note.focus();
    }
    if (command === "filter" && !this.filter.hidden) this.filter.focus();
    if (command === "help") this.help.hidden = !this.help.hidden;
    if (command === "leave") {
      this.help.hidden = true;
      this.clearFilter();
      this.note.hidden = !this.note.value;
      this.card.focus();
    }
  }

  /** Presses in the filter are typing, and Enter on a focused button presses that button. */
  keepsForItself(event: KeyboardEvent, command: Command): boolean {
    const target = event.composedPath()[0];
    if (target === this.note) {
      if (event.key === "Enter") this.obey("leave");
      return command.name !== "leave";
    }
    if (target === this.filter) {
      if (event.key === "Enter") {
        this.choices.querySelector("button")?.click();
        return true;
      }
      return command.name !== "leave";
    }
    return target instanceof HTMLButtonElement && event.key === "Enter";
  }

  private actions(): HTMLElement {
    const line = element("div", "actions");
    // A click on it opens the field, which then has the focus and keeps it.
    const note = button("action", "", () => this.obey("note"));
    note.append(element("kbd", "", "N"), "Note");
    line.append(
      this.action("S", "Skip", { name: "skip" }),
      this.action("U", "Undo", { name: "undo" }),
      note,
      this.flagAction,
      this.votesAction,
      this.action("?", "Keys", { name: "help" }),
    );
    return line;
  }

  private action(key: string, text: string, command: Command): HTMLButtonElement {
    const made = button("action", "", () => this.press(command));
    made.append(element("kbd", "", key), text);
    return made;
  }

  /** After a click the keys must work again, and Enter must not press the same button twice. */
  private press(command: Command): void {
    this.obeyCommand(command);
    this.card.focus({ preventScroll: true });
  }

  private drawProgress(data: CardData, log: EventLog, sitting: Sitting): void {
    const done = data.labelled + log.labelled;
    const count = element("span", "count");
    const total = data.total ? ` of ${data.total.toLocaleString("en")}` : "";
    count.append(element("strong", "", done.toLocaleString("en")), `${total} rows labelled`);
    const here = sitting.answered ? `${sitting.answered.toLocaleString("en")} in this sitting` : "";
    const state = log.overdue
      ? element("span", "unsaved", `${log.size} not saved yet, trying again`)
      : element("span", "", here);
    const bar = element("div", "bar");
    const share = data.total ? Math.min(1, done / data.total) : 0;
    bar.style.setProperty("--share", `${100 * share}%`);
    bar.hidden = !data.total;
    this.progress.replaceChildren(count, state, bar);
  }

  private drawChoices(): void {
    const wanted = this.filter.value.trim().toLowerCase();
    const buttons = this.classes.flatMap((choice, code) => {
      if (!choice.name.toLowerCase().includes(wanted)) return [];
      const made = button("choice", "", () => {
        this.clearFilter();
        this.press({ name: "label", code });
      });
      made.style.setProperty("--class-color", choice.color);
      const key = keyOfClass(code);
      if (key) made.append(element("kbd", "", key.toUpperCase()));
      made.append(element("span", "swatch"), shortName("choice-name", choice.name, this.short));
      return [made];
    });
    this.choices.replaceChildren(...buttons);
  }

  private clearFilter(): void {
    this.filter.value = "";
    this.drawChoices();
  }

  private drawLast(queue: CardQueue, { classes, short }: CardData): void {
    const { last } = queue;
    this.last.replaceChildren();
    if (!last) return;
    const label = last.code === null ? undefined : classes[last.code];
    const answer = label ? classChip(label.name, label.color, short) : element("span", "", "skipped");
    this.last.append(element("span", "", `Row ${last.card.row_id}`), answer);
  }

  private takeFocus(): void {
    const active = document.activeElement;
    const free = !active || active === document.body || active.matches('[data-testid="stMain"]');
    if (free && this.root.isConnected) this.card.focus({ preventScroll: true });
  }
}

function term(key: string): HTMLElement {
  const made = element("dt");
  made.append(element("kbd", "", key));
  return made;
}
