import { element } from "./dom";

/** Characters `start` to `end` of a text, as Python counts them. */
export interface Span {
  start: number;
  end: number;
  code: number | null;
}

/** The text cut at the spans; where two overlap, the later one begins after the earlier one. */
export function marked(
  text: string,
  spans: readonly Span[],
  colorOf: (code: number | null) => string,
): (Text | HTMLElement)[] {
  // Python counts characters, JavaScript UTF-16 units.
  const characters = Array.from(text);
  const parts: (Text | HTMLElement)[] = [];
  let at = 0;
  for (const { start, end, code } of [...spans].sort((a, b) => a.start - b.start)) {
    const from = Math.max(start, at);
    if (end <= from) continue;
    parts.push(new Text(characters.slice(at, from).join("")));
    const mark = element("mark", "", characters.slice(from, end).join(""));
    mark.style.setProperty("--class-color", colorOf(code));
    parts.push(mark);
    at = end;
  }
  parts.push(new Text(characters.slice(at).join("")));
  return parts;
}
