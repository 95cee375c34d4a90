import type { ShortNames } from "../shared/dom";
import type { Span } from "../shared/marks";

export interface ClassChoice {
  name: string;
  color: string;
}

export interface Card {
  row_id: number;
  text: string;
  fields: [string, string][];
  suggestion: number | null;
  suggestion_confidence: number | null;
  reason: string;
  /** How the row was chosen; it goes back with the answer as it came. */
  draw: string;
}

/** A row that is known to be of class `code`. */
export interface Example {
  row_id: number;
  code: number;
  text: string;
}

/** What the functions vote on a row; `abstain` more of them stay silent. */
export interface RowVotes {
  row_id: number;
  votes: { function: string; code: number; spans: Span[] }[];
  abstain: number;
  short: ShortNames;
}

export interface CardData {
  cards: Card[];
  classes: ClassChoice[];
  short: ShortNames;
  acknowledged: string[];
  log: string;
  labelled: number;
  total: number;
  /** Whether nobody gets rows at the moment. */
  paused: boolean;
  guidelines: string;
  examples: Example[];
  queue: string;
  /** On the row that was asked for last. */
  votes: RowVotes | null;
  votes_allowed: boolean;
}

/** What goes with an answer. */
export interface Remarks {
  note: string;
  flagged: boolean;
}

export type Action = "label" | "skip" | "clear";

export interface AnnotationEvent {
  event_id: string;
  row_id: number;
  action: Action;
  code: number | null;
  seconds: number;
  at: string;
  /** What the annotator wrote about the row, "" for nothing. */
  note: string;
  /** Whether somebody should look at the row again. */
  flagged: boolean;
  draw: string;
}
