import type { AnnotationEvent, Card, CardData } from "./types";
import { counted } from "./votes";

const LONGEST_TEXT = 300;

/** What a screen reader says once events are saved, and which row is next. */
export function savedSentence(
  saved: AnnotationEvent[],
  next: Card | undefined,
  { classes }: CardData,
): string {
  const last = saved.at(-1);
  if (!last) return "";
  const all = saved.length > 1 ? `${saved.length} answers, the last one: ` : "";
  const label = last.code === null ? undefined : classes[last.code]?.name;
  const done = last.action === "clear" ? "taken back" : (label ?? "skipped");
  const flag = last.flagged ? ", flagged" : "";
  const row = next ? ` Now row ${next.row_id}: ${next.text.slice(0, LONGEST_TEXT)}` : " No row is left.";
  return `Saved: ${all}row ${last.row_id}, ${done}${flag}.${row}`;
}

/** What a screen reader says of the votes that came. */
export function votesSentence({ votes, classes }: CardData): string {
  if (!votes) return "";
  const named = votes.votes.map((vote) => `${vote.function} for ${classes[vote.code]?.name ?? ""}`);
  return [counted(votes), ...named].join(", ");
}
