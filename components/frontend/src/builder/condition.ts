import { element } from "../shared/dom";
import { choice, labelled, linesField, textField, toggle } from "./fields";
import { type Column, type Condition, lines, TESTS, type Test, typed } from "./model";

/** What a condition asks of the builder around it. */
export interface Surroundings {
  columns: Column[];
  /** Something was typed or switched; what is drawn stays. */
  edited(): void;
  /** The condition has other fields now. */
  reshaped(): void;
}

/** The words of a keyword function, or those of a condition. */
export function wordsFields(part: Condition, around: Surroundings, least: number): HTMLElement[] {
  const words = linesField(part.words, "Words or phrases, one a line", least, (value) => {
    part.words = value;
    around.edited();
  });
  words.placeholder = "one word or phrase a line";
  return [words, switches(part, around)];
}

export function patternFields(part: Condition, around: Surroundings): HTMLElement[] {
  const field = textField(part.pattern, "Pattern (Python's re)", (value) => {
    part.pattern = value;
    around.edited();
  });
  field.className = "code";
  field.placeholder = "such as \\d+ (dollars|€)";
  return [field, switches(part, around)];
}

export function columnChoice(part: Condition, around: Surroundings): HTMLSelectElement {
  const options = around.columns.map(({ name }) => [name, name] as const);
  return choice(part.column, options, "Column", (value) => {
    part.column = value;
    around.reshaped();
  });
}

export function testChoice(part: Condition, around: Surroundings): HTMLSelectElement {
  return choice(part.test, Object.entries(TESTS), "Condition", (value) => {
    part.test = value as Test;
    around.reshaped();
  });
}

/** The fields below column and test. */
export function valueFields(part: Condition, around: Surroundings): HTMLElement[] {
  if (part.test === "words") return wordsFields(part, around, 2);
  if (part.test === "pattern") return patternFields(part, around);
  if (part.test === "empty") return [];
  const type = around.columns.find((one) => one.name === part.column)?.type ?? "text";
  if (part.test === "one of") return [oneOfField(part, around, type)];
  const value = valueField(part, "value", part.test === "between" ? "From" : "Value", around, type);
  if (part.test !== "between") return [value];
  const range = element("div", "range");
  range.append(value, element("span", "and", "and"), valueField(part, "upper", "To", around, type));
  return [range];
}

function oneOfField(part: Condition, around: Surroundings, type: string): HTMLElement {
  const field = linesField(part.words, "Values, one a line", 2, (value) => {
    part.words = value;
    mark();
    around.edited();
  });
  const mark = () => markWrong(field, lines(part.words).some((line) => typed(line, type) === ""), type);
  field.placeholder = "one value a line";
  mark();
  return field;
}

function valueField(
  part: Condition,
  at: "value" | "upper",
  label: string,
  around: Surroundings,
  type: string,
): HTMLElement {
  if (type === "boolean") {
    const options = [["", "–"], ["true", "true"], ["false", "false"]] as const;
    return choice(part[at], options, label, (value) => {
      part[at] = value;
      around.edited();
    });
  }
  const field = textField(part[at], label, (value) => {
    part[at] = value;
    mark();
    around.edited();
  });
  const mark = () => markWrong(field, part[at].trim() !== "" && typed(part[at], type) === "", type);
  field.placeholder = PLACEHOLDERS[type] ?? "text";
  mark();
  return field;
}

const PLACEHOLDERS: Record<string, string> = {
  integer: "number",
  number: "number",
  date: "2024-01-31",
  timestamp: "2024-01-31 12:00:00",
};

function markWrong(field: HTMLElement, wrong: boolean, type: string): void {
  field.ariaInvalid = String(wrong);
  field.title = wrong ? `The column holds ${type === "integer" ? "whole numbers" : `${type}s`}` : "";
}

function switches(part: Condition, around: Surroundings): HTMLElement {
  const line = element("div", "switches");
  const set = (key: "wholeWord" | "matchCase") => (pressed: boolean) => {
    part[key] = pressed;
    around.edited();
  };
  if (part.test === "words") {
    line.append(
      toggle("All of them", "Every word must be there", part.match === "all", (pressed) => {
        part.match = pressed ? "all" : "any";
        around.edited();
      }),
      toggle("Whole words", "Not inside of longer words", part.wholeWord, set("wholeWord")),
    );
  }
  line.append(toggle("Match case", "Capitals count", part.matchCase, set("matchCase")));
  return line;
}

/** The fields of a keyword or regex function, which is one condition with labels above. */
export function onlyCondition(part: Condition, around: Surroundings): HTMLElement[] {
  const isWords = part.test === "words";
  const [field, line] = isWords ? wordsFields(part, around, 5) : patternFields(part, around);
  const label = isWords ? "Words or phrases, one a line" : "Pattern (Python's re)";
  return [labelled(label, field!, "wide"), line!];
}
