import base from "../shared/base.css";
import { container } from "../shared/dom";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import css from "./card.css";
import type { ShownVotes } from "./body";
import { savedSentence, votesSentence } from "./heard";
import { type Command, commandOf, meantForOthers } from "./keys";
import { EventLog } from "./log";
import { type Answer, CardQueue } from "./queue";
import { Sitting } from "./sitting";
import type { CardData } from "./types";
import { CardView } from "./view";
import { VotesWanted } from "./votes";

export default mounting<CardData>((component) => new Annotator(component));

/** Turns presses into events, and shows the next card at once. */
class Annotator implements Mounted<CardData> {
  private readonly root: HTMLDivElement;
  private queue = new CardQueue();
  private readonly view: CardView;
  private log: EventLog;
  private sitting: Sitting;
  private readonly votes = new VotesWanted(
    (row) => this.component.setStateValue("asked", row),
    () => this.component.data.votes?.row_id,
  );
  private logName: string;
  private shown: { row: number | undefined; since: number } = { row: undefined, since: 0 };

  private lastKey = "";

  constructor(private component: Component<CardData>) {
    this.root = container(component.parentElement, "root annotator", base + css);
    this.view = new CardView(this.root, (command) => this.obey(command));
    this.logName = component.data.log;
    this.log = this.openLog();
    this.sitting = new Sitting(this.logName);
    // On the window and before others: a press must reach the card wherever the focus rests.
    window.addEventListener("keydown", this.onKey, { capture: true });
    this.update(component);
  }

  update(component: Component<CardData>): void {
    this.component = component;
    const { data } = component;
    if (data.log !== this.logName) {
      this.log.close();
      this.logName = data.log;
      this.log = this.openLog();
      this.sitting = new Sitting(this.logName);
      // Another person undoes nothing of this one.
      this.queue = new CardQueue();
    }
    const saved = this.log.acknowledge(data.acknowledged);
    const afresh = this.queue.supply(data.cards, data.queue);
    this.draw();
    // Whoever asked for other rows wants to label them, and the choice still has the focus.
    if (afresh && (this.lastKey === "Enter" || choosing())) this.view.focusCard();
    if (saved.length) this.view.say(savedSentence(saved, this.queue.current, data));
    else if (this.votes.areNew(data.votes)) this.view.say(votesSentence(data));
  }

  close(): void {
    this.log.close();
    this.votes.close();
    window.removeEventListener("keydown", this.onKey, { capture: true });
  }

  private openLog(): EventLog {
    const deliver = (events: unknown) => this.component.setStateValue("events", events);
    return new EventLog(this.logName, deliver, () => this.draw());
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    this.lastKey = event.key;
    if (this.view.overlay.isOpen) {
      this.view.overlay.onKey(event);
      return;
    }
    if (meantForOthers(event, this.root)) return;
    if (this.view.typed(event) || pressesButton(event)) return;
    const command = commandOf(event, this.view.keys, this.component.data.classes.length);
    if (!command) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.obey(command);
  };

  private obey(command: Command): void {
    const card = this.queue.current;
    switch (command.name) {
      case "label":
        this.answer("label", command.code);
        break;
      case "accept":
        if (card && card.suggestion !== null) this.answer("label", card.suggestion);
        break;
      case "skip":
        this.answer("skip", null);
        break;
      case "undo":
        this.undo();
        break;
      case "redo":
        this.save(this.queue.redo());
        break;
      case "votes":
        if (card) this.turnVotes(card.row_id);
        break;
      case "flag":
        if (card) this.view.turnFlag();
        break;
      default:
        this.view.obey(command.name);
    }
  }

  private answer(action: "label" | "skip", code: number | null): void {
    if (!this.queue.current) return;
    const seconds = this.secondsShown();
    this.save(this.queue.answer({ action, code, seconds, remarks: this.view.takeRemarks() }));
  }

  private save(answer: Answer | undefined): void {
    if (!answer) return;
    const { card, action, code, seconds, remarks } = answer;
    this.log.append(card, action, code, seconds, action === "label" ? 1 : 0, remarks);
    this.sitting.count(1);
    this.draw();
  }

  private undo(): void {
    const undone = this.queue.undo();
    if (!undone) return;
    const labelled = undone.action === "label" ? -1 : 0;
    this.log.append(undone.card, "clear", null, this.secondsShown(), labelled);
    this.sitting.count(-1);
    this.draw();
    this.view.putRemarks(undone.remarks);
  }

  private turnVotes(row: number): void {
    if (this.component.data.votes_allowed) this.votes.turn(row);
    this.draw();
    if (!this.component.data.votes_allowed) this.view.tell("This project shows no votes.");
  }

  private secondsShown(): number {
    return (performance.now() - this.shown.since) / 1000;
  }

  private draw(): void {
    const row = this.queue.current?.row_id;
    if (row !== this.shown.row) {
      this.shown = { row, since: performance.now() };
      this.votes.close();
      this.view.putRemarks({ note: "", flagged: false });
    }
    const { queue, log, sitting } = this;
    this.view.draw({ data: this.component.data, queue, log, sitting, votes: this.shownVotes(row) });
  }

  private shownVotes(row: number | undefined): ShownVotes {
    const { votes, votes_allowed } = this.component.data;
    if (row === undefined || !votes_allowed || !this.votes.isOpen(row)) return "hidden";
    return votes?.row_id === row ? votes : "asked";
  }
}

/** Enter and Space press the button that has the focus, whatever else they mean. */
function pressesButton(event: KeyboardEvent): boolean {
  const isPress = event.key === "Enter" || event.key === " ";
  return isPress && event.composedPath()[0] instanceof HTMLButtonElement;
}

/** Whether the focus rests on a menu, as it does after one of its lines was clicked. */
function choosing(): boolean {
  return document.activeElement?.getAttribute("role") === "combobox";
}
