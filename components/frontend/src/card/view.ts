import { button, classChip, element } from "../shared/dom";
import { CardBody, type ShownVotes } from "./body";
import { Choices } from "./choices";
import { Guidance } from "./guidance";
import { type Deed, KeyMap } from "./keymap";
import type { Command } from "./keys";
import type { EventLog } from "./log";
import { KeysOverlay } from "./overlay";
import type { CardQueue } from "./queue";
import type { Sitting } from "./sitting";
import type { CardData, Remarks } from "./types";

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

/** Draws the card; knows nothing of events. */
export class CardView {
  readonly keys = new KeyMap();
  readonly overlay: KeysOverlay;
  private readonly progress = element("div", "progress");
  private readonly card = element("section", "card");
  private readonly note = element("input", "filter note");
  private readonly last = element("div", "last");
  /** What a screen reader says; nobody sees it. */
  private readonly heard = element("div", "heard");
  private readonly body = new CardBody(this.keys, () => this.press({ name: "accept" }));
  private readonly choices = new Choices(this.keys, (code) => this.press({ name: "label", code }));
  private readonly guidance: Guidance;
  private readonly hints: [HTMLElement, Deed][] = [];
  private readonly actions = {
    skip: this.action("Skip", "skip"),
    undo: this.action("Undo", "undo"),
    redo: this.action("Redo", "redo"),
    note: this.action("Note", "note"),
    flag: this.action("Flag", "flag"),
    votes: this.action("Votes", "votes"),
    help: this.action("Keys", "help"),
  };
  private drawn: Drawn | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly obeyCommand: Obey,
  ) {
    this.card.tabIndex = 0;
    this.heard.setAttribute("role", "status");
    this.note.placeholder = "Note on this row: saved with your answer, Enter returns to the row";
    this.note.setAttribute("aria-label", "Note on this row");
    this.note.maxLength = LONGEST_NOTE;
    this.note.hidden = true;
    this.overlay = new KeysOverlay(
      this.keys,
      () => this.drawAgain(),
      () => this.card.focus({ preventScroll: true }),
    );
    const line = element("div", "actions");
    line.append(...Object.values(this.actions));
    const { filter } = this.choices;
    this.card.append(this.body.root, this.note, filter, this.choices.root, line);
    const columns = element("div", "columns");
    const main = element("div", "main");
    main.append(this.progress, this.card, this.last);
    this.guidance = new Guidance(this.keys, (open) => columns.classList.toggle("guided", open));
    columns.append(main, this.guidance.root);
    root.append(columns, this.heard, this.overlay.root);
    requestAnimationFrame(() => this.takeFocus());
  }

  draw(drawn: Drawn): void {
    const { data, queue, log, sitting, votes } = drawn;
    this.drawn = drawn;
    this.drawProgress(data, log, sitting);
    this.card.classList.toggle("over", !queue.current);
    this.card.setAttribute("aria-label", `Row to annotate. Press ${this.keys.shown("help")} for the keys.`);
    this.body.draw(queue.current, data, log, votes);
    this.choices.draw(data);
    this.actions.votes.hidden = !data.votes_allowed || !queue.current;
    this.actions.undo.disabled = !queue.last;
    this.actions.redo.disabled = !queue.canRedo;
    for (const [hint, deed] of this.hints) hint.textContent = this.keys.shown(deed);
    this.drawLast(queue, log, data);
    this.guidance.draw(data);
  }

  /** Says something to a screen reader. */
  say(sentence: string): void {
    this.heard.textContent = sentence;
  }

  /** Says something to everybody, below the card until something else happens there. */
  tell(sentence: string): void {
    this.last.replaceChildren(element("span", "", sentence));
    this.say(sentence);
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
    this.say(this.flagged ? "Flagged" : "Not flagged");
  }

  obey(command: "help" | "filter" | "note" | "guidance" | "leave"): void {
    if (command === "guidance") this.guidance.turn();
    if (command === "note") {
      this.note.hidden = false;
      this.note.focus();
    }
    if (command === "filter" && !this.choices.filter.hidden) this.choices.filter.focus();
    if (command === "help" && this.drawn) this.overlay.open(this.drawn.data.classes);
    if (command === "leave") {
      this.choices.clearFilter();
      this.note.hidden = !this.note.value;
      this.card.focus();
    }
  }

  /** Presses in a field are typing: there, only Enter and Escape do something. */
  typed(event: KeyboardEvent): boolean {
    const target = event.composedPath()[0];
    if (target !== this.note && target !== this.choices.filter) return false;
    event.stopImmediatePropagation();
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return true;
    event.preventDefault();
    if (target === this.choices.filter && event.key === "Enter") this.choices.chooseFirst();
    else this.obey("leave");
    return true;
  }

  private action(text: string, deed: Deed & Command["name"]): HTMLButtonElement {
    // A click on Note or Keys opens what then has the focus and keeps it.
    const keepsFocus = deed === "note" || deed === "help";
    const command = { name: deed } as Command;
    const made = button("action", "", () => (keepsFocus ? this.obeyCommand(command) : this.press(command)));
    const hint = element("kbd");
    this.hints.push([hint, deed]);
    made.append(hint, text);
    return made;
  }

  /** After a click the keys must work again, and Enter must not press the same button twice. */
  private press(command: Command): void {
    this.obeyCommand(command);
    this.card.focus({ preventScroll: true });
  }

  private drawAgain(): void {
    if (this.drawn) this.draw(this.drawn);
  }

  private get flagged(): boolean {
    return this.card.classList.contains("flagged");
  }

  private flag(flagged: boolean): void {
    this.card.classList.toggle("flagged", flagged);
    this.actions.flag.setAttribute("aria-pressed", String(flagged));
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

  private drawLast(queue: CardQueue, log: EventLog, { classes, short }: CardData): void {
    const { last } = queue;
    this.last.replaceChildren();
    if (!last) return;
    const label = last.code === null ? undefined : classes[last.code];
    const answer = label ? classChip(label.name, label.color, short) : element("span", "", "skipped");
    const saved = element("span", "saved", log.size ? "" : "✓ saved");
    this.last.append(element("span", "", `Row ${last.card.row_id}`), answer, saved);
  }

  focusCard(): void {
    this.card.focus({ preventScroll: true });
  }

  private takeFocus(): void {
    const active = document.activeElement;
    const free = !active || active === document.body || active.matches('[data-testid="stMain"]');
    if (free && this.root.isConnected) this.card.focus({ preventScroll: true });
  }
}
