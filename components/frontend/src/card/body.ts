import { button, classChip, element } from "../shared/dom";
import { marked } from "../shared/marks";
import type { KeyMap } from "./keymap";
import type { EventLog } from "./log";
import type { Card, CardData, RowVotes } from "./types";
import { spansOf, votesList } from "./votes";

/** What is shown of the votes on the row: none, that they are fetched, or them. */
export type ShownVotes = "hidden" | "asked" | RowVotes;

/** The row itself: its text and columns, what is suggested, and the votes where they are asked for. */
export class CardBody {
  readonly root = element("div", "body");
  private text: HTMLElement | undefined;
  private shownRow: number | undefined;

  constructor(
    private readonly keys: KeyMap,
    private readonly accept: () => void,
  ) {}

  draw(card: Card | undefined, data: CardData, log: EventLog, votes: ShownVotes): void {
    if (!card) {
      this.root.replaceChildren(...nothingLeft(log.size > 0, data.paused, this.keys.shown("undo")));
      this.shownRow = undefined;
      return;
    }
    const head = element("div", "head");
    head.append(
      element("span", "row-id", `Row ${card.row_id}`),
      element("span", "flag", "⚑ to be looked at again"),
      element("span", "reason", card.reason),
    );
    const scrolled = card.row_id === this.shownRow ? (this.text?.scrollTop ?? 0) : 0;
    this.text = element("div", "text");
    const spans = typeof votes === "string" ? [] : spansOf(votes);
    this.text.append(...marked(card.text, spans, (code) => data.classes[code ?? -1]?.color ?? ""));
    this.root.replaceChildren(
      head,
      this.text,
      ...fieldsOf(card),
      ...votesOf(votes, data),
      ...this.suggestionOf(card, data),
    );
    this.text.scrollTop = scrolled;
    this.shownRow = card.row_id;
  }

  private suggestionOf(card: Card, data: CardData): HTMLElement[] {
    const suggested = card.suggestion === null ? undefined : data.classes[card.suggestion];
    if (!suggested) return [];
    const line = button("suggestion", "", this.accept);
    line.append(element("kbd", "", this.keys.shown("accept")), "accepts ", classChip(suggested.name, suggested.color, data.short));
    if (card.suggestion_confidence !== null) {
      const percent = `${(100 * card.suggestion_confidence).toFixed(1)} %`;
      line.append(element("span", "confidence", percent));
    }
    return [line];
  }
}

function nothingLeft(waiting: boolean, paused: boolean, undo: string): HTMLElement[] {
  if (paused) {
    const saved = waiting ? "Your last answers are on their way." : "All your answers are saved.";
    return [
      element("p", "done-title", "The queue is paused"),
      element("p", "done-text", `${saved} The next row appears here as soon as it goes on.`),
    ];
  }
  return [
    element("p", "done-title", waiting ? "Fetching the next rows …" : "All done"),
    element("p", "done-text", waiting ? "" : `No row is waiting in this queue. ${undo} takes back the last answer.`),
  ];
}

function votesOf(votes: ShownVotes, data: CardData): HTMLElement[] {
  if (votes === "hidden") return [];
  if (votes === "asked") return [element("div", "votes", "Fetching the votes …")];
  return [votesList(votes, data)];
}

function fieldsOf(card: Card): HTMLElement[] {
  if (!card.fields.length) return [];
  const list = element("dl", "fields");
  for (const [name, value] of card.fields) {
    list.append(element("dt", "", name), element("dd", "", value));
  }
  return [list];
}
