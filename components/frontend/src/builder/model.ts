/** What the builder edits: conditions as fields hold them, read from and written to a source. */

export type Kind = "keyword" | "regex" | "rule";
export type Join = "all" | "any";
export type Json = { [key: string]: unknown };

/** How a condition looks at its column: for words, for a pattern, or beside a value. */
export const TESTS = {
  words: "contains",
  pattern: "matches",
  "=": "=",
  "!=": "≠",
  "<": "<",
  "<=": "≤",
  ">": ">",
  ">=": "≥",
  between: "is between",
  "one of": "is one of",
  empty: "is empty",
} as const;
export type Test = keyof typeof TESTS;

export interface Column {
  name: string;
  type: string;
}

/** One condition; fields that its test does not use keep what was in them. */
export interface Condition {
  kind: "condition";
  not: boolean;
  column: string;
  test: Test;
  /** One word, or one value, a line. */
  words: string;
  match: Join;
  wholeWord: boolean;
  matchCase: boolean;
  pattern: string;
  value: string;
  upper: string;
}

export interface Group {
  kind: "group";
  not: boolean;
  join: Join;
  parts: Node[];
}

export type Node = Condition | Group;

export interface Model {
  name: string;
  label: string;
  root: Group;
}

export function newCondition(column: string, test: Test = "words"): Condition {
  return {
    kind: "condition",
    not: false,
    column,
    test,
    words: "",
    match: "any",
    wholeWord: true,
    matchCase: false,
    pattern: "",
    value: "",
    upper: "",
  };
}

export function newGroup(join: Join, parts: Node[]): Group {
  return { kind: "group", not: false, join, parts };
}

/** Reads a source; what it leaves out has its default. */
export function read(kind: Kind, name: string, source: Json): Model {
  const label = String(source.label ?? "");
  if (kind !== "rule") return { name, label, root: newGroup("all", [condition(source)]) };
  const root = node(source.when as Json);
  return { name, label, root: root.kind === "group" && !root.not ? root : newGroup("all", [root]) };
}

/** Writes the source, its keys in the order in which Python writes them. */
export function written(kind: Kind, model: Model, columns: Column[]): Json {
  const only = model.root.parts[0] as Condition;
  if (kind === "keyword") {
    const { match, wholeWord, matchCase, column } = only;
    const words = lines(only.words);
    return { column, words, label: model.label, match, whole_word: wholeWord, match_case: matchCase };
  }
  if (kind === "regex") {
    const { column, pattern, matchCase } = only;
    return { column, pattern, label: model.label, match_case: matchCase };
  }
  return { label: model.label, when: nodeWritten(model.root, columns) };
}

export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The value of a comparison as its column has values; "", which Python refuses, for none. */
export function typed(text: string, type: string): string | number | boolean {
  const value = text.trim();
  if (type === "integer" || type === "number") {
    const number = Number(value);
    return value && Number.isFinite(number) ? number : "";
  }
  if (type === "boolean") return value === "true" || value === "false" ? value === "true" : "";
  return value;
}

function node(source: Json): Node {
  if ("not" in source) {
    const part = node(source.not as Json);
    if (part.not) return { ...newGroup("all", [part]), not: true };
    return { ...part, not: true };
  }
  for (const join of ["all", "any"] as const) {
    if (join in source) return newGroup(join, (source[join] as Json[]).map(node));
  }
  return condition(source);
}

function condition(source: Json): Condition {
  const test = "words" in source ? "words" : "pattern" in source ? "pattern" : source.is;
  const made = newCondition(String(source.column ?? ""), test as Test);
  made.matchCase = source.match_case === true;
  if (test === "words") {
    made.words = (source.words as string[]).join("\n");
    made.match = source.match === "all" ? "all" : "any";
    made.wholeWord = source.whole_word !== false;
  } else if (test === "pattern") made.pattern = String(source.pattern);
  else {
    const values = [source.value ?? []].flat().map(String);
    if (test === "one of") made.words = values.join("\n");
    else [made.value, made.upper] = [values[0] ?? "", values[1] ?? ""];
  }
  return made;
}

function nodeWritten(part: Node, columns: Column[]): Json {
  const plain =
    part.kind === "group"
      ? { [part.join]: part.parts.map((inner) => nodeWritten(inner, columns)) }
      : conditionWritten(part, columns);
  return part.not ? { not: plain } : plain;
}

function conditionWritten(part: Condition, columns: Column[]): Json {
  const { column, test, match, wholeWord, matchCase } = part;
  if (test === "words") {
    const words = lines(part.words);
    return { column, words, match, whole_word: wholeWord, match_case: matchCase };
  }
  if (test === "pattern") return { column, pattern: part.pattern, match_case: matchCase };
  const type = columns.find((one) => one.name === column)?.type ?? "text";
  const value = (text: string) => typed(text, type);
  if (test === "empty") return { column, is: test };
  if (test === "one of") return { column, is: test, value: lines(part.words).map(value) };
  if (test === "between") return { column, is: test, value: [value(part.value), value(part.upper)] };
  return { column, is: test, value: value(part.value) };
}
