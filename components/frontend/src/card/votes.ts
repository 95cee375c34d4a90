import { classChip, element, shortName } from "../shared/dom";
import type { Span } from "../shared/marks";
import type { CardData, RowVotes } from "./types";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** Which row's votes are wanted, if any. They are asked for until they are there. */
export class VotesWanted {
  private row: number | undefined;
  private seen: number | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  /** `there` tells for which row Python has sent votes. */
  constructor(
    private readonly ask: (row: number) => void,
    private readonly there: () => number | undefined,
  ) {}

  isOpen(row: number): boolean {
    return this.row === row;
  }

  /** Whether these are votes that were asked for, and that nobody has seen yet. */
  areNew(votes: RowVotes | null): boolean {
    if (!votes || !this.isOpen(votes.row_id) || this.seen === votes.row_id) return false;
    this.seen = votes.row_id;
    return true;
  }

  turn(row: number): void {
    const open = !this.isOpen(row);
    this.close();
    if (!open) return;
    this.row = row;
    this.askFor(row, FIRST_RETRY_MS);
  }

  /** The next row begins without votes. */
  close(): void {
    clearTimeout(this.retry);
    this.row = undefined;
    this.seen = undefined;
  }

  /** Streamlit can drop a value that is set while the page is being built. */
  private askFor(row: number, afterMs: number): void {
    this.ask(row);
    this.retry = setTimeout(() => {
      const again = this.isOpen(row) && this.there() !== row && 2 * afterMs <= LONGEST_RETRY_MS;
      if (again) this.askFor(row, 2 * afterMs);
    }, afterMs);
  }
}

export function spansOf(votes: RowVotes): Span[] {
  return votes.votes.flatMap((vote) => vote.spans);
}

/** Says how many functions vote on a row, and which for which class. */
export function votesList(votes: RowVotes, { classes, short }: CardData): HTMLElement {
  const list = element("div", "votes");
  list.append(element("p", "votes-count", counted(votes)));
  classes.forEach((choice, code) => {
    const voters = votes.votes.filter((vote) => vote.code === code);
    if (!voters.length) return;
    const line = element("div", "votes-line");
    line.append(classChip(choice.name, choice.color, short));
    for (const { function: name, spans } of voters) {
      const voter = shortName("voter", name, votes.short);
      if (!spans.length) voter.title = `${name}: where in the text is not known`;
      line.append(voter);
    }
    list.append(line);
  });
  return list;
}

export function counted({ votes, abstain }: RowVotes): string {
  const all = votes.length + abstain;
  if (!all) return "There is no function yet.";
  if (!votes.length) return all === 1 ? "The only function abstains." : `All ${all} functions abstain.`;
  const verb = votes.length === 1 ? "votes" : "vote";
  return `${votes.length} of ${all} ${all === 1 ? "function" : "functions"} ${verb}`;
}
