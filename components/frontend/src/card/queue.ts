import type { Card, Remarks } from "./types";

/** What was last said of a card, for undo. */
export interface Answer {
  card: Card;
  action: "label" | "skip";
  code: number | null;
  /** How long the row was looked at. */
  seconds: number;
  remarks: Remarks;
}

type Said = Omit<Answer, "card">;

/** The prefetched cards. The one on top stays there while the server supplies others. */
export class CardQueue {
  private cards: Card[] = [];
  private name = "";
  /** Cards that undo brought back: they stay on top although the server counts them answered. */
  private returned: Card[] = [];
  private readonly answered = new Set<number>();
  private readonly answers: Answer[] = [];
  /** What was undone and can be done again, the next one last. */
  private undone: Answer[] = [];

  get current(): Card | undefined {
    return this.cards[0];
  }

  get last(): Answer | undefined {
    return this.answers.at(-1);
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Takes over the cards, and returns whether they were drawn afresh: other rows were asked for. */
  supply(cards: Card[], name: string): boolean {
    const afresh = name !== this.name;
    if (afresh) {
      this.answered.clear();
      this.returned = [];
      this.undone = [];
    }
    this.name = name;
    const top = this.returned.length ? this.returned : this.cards.slice(0, 1);
    const kept = afresh ? [] : top;
    const keptRows = new Set(kept.map((card) => card.row_id));
    const others = cards.filter(
      (card) => !this.answered.has(card.row_id) && !keptRows.has(card.row_id),
    );
    this.cards = [...kept, ...others];
    return afresh;
  }

  answer(said: Said): Answer | undefined {
    this.undone = [];
    return this.record(said);
  }

  /** Answers the card on top as it was before undo, and returns that answer. */
  redo(): Answer | undefined {
    const again = this.undone.pop();
    return again && this.record(again);
  }

  undo(): Answer | undefined {
    const answer = this.answers.pop();
    if (answer) {
      this.answered.delete(answer.card.row_id);
      const others = this.cards.filter((card) => card.row_id !== answer.card.row_id);
      this.cards = [answer.card, ...others];
      this.returned = [answer.card, ...this.returned];
      this.undone.push(answer);
    }
    return answer;
  }

  private record(said: Said): Answer | undefined {
    const card = this.cards.shift();
    if (!card) return undefined;
    this.answered.add(card.row_id);
    this.returned = this.returned.filter((other) => other.row_id !== card.row_id);
    const answer = { ...said, card };
    this.answers.push(answer);
    return answer;
  }
}
