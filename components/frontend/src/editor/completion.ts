import { ifNotIn, type Completion, type CompletionContext, type CompletionSource } from "@codemirror/autocomplete";
import { globalCompletion, localCompletionSource } from "@codemirror/lang-python";
import { keywordCompletionSource, StandardSQL } from "@codemirror/lang-sql";

export interface Completions {
  columns: string[];
  classes: string[];
  helpers: string[];
}

const IDENTIFIER = /^[A-Za-z_]\w*$/;

const COMMENTS = ["Comment", "LineComment", "BlockComment"];
const STRINGS = ["String", "FormatString"];

/** Where completions come from; `names` is asked anew each time, as Python may change them. */
export function completionSources(language: string, names: () => Completions): CompletionSource[] {
  return sources(language, names).map((source) => ifNotIn(COMMENTS, source));
}

function sources(language: string, names: () => Completions): CompletionSource[] {
  if (language === "sql") return [sqlNames(names), keywordCompletionSource(StandardSQL)];
  if (language !== "python") return [];
  return [pythonNames(names), outsideAttributes(localCompletionSource), outsideAttributes(globalCompletion)];
}

/** `x.<column>`, `x["<column>"]`, class names in strings and after `return`, helpers elsewhere. */
function pythonNames(names: () => Completions): CompletionSource {
  return (context) => {
    const { columns, classes, helpers } = names();
    const row = rowNames(context).join("|");
    const attribute = context.matchBefore(new RegExp(`\\b(?:${row})\\.\\w*`));
    if (attribute) {
      const valid = columns.filter((column) => IDENTIFIER.test(column));
      return {
        from: attribute.from + attribute.text.indexOf(".") + 1,
        options: options(valid, "column", "property"),
        validFor: /^\w*$/,
      };
    }
    const key = context.matchBefore(new RegExp(`\\b(?:${row})\\[["'][^"'\\]]*`));
    if (key) {
      const from = key.from + key.text.search(/["']/) + 1;
      return { from, options: options(columns, "column", "property"), validFor: /^[^"'\]]*$/ };
    }
    const text = context.matchBefore(/(?:return|==|!=|label=)\s*["'][^"']*/);
    if (text) {
      const from = text.from + text.text.search(/["']/) + 1;
      return { from, options: options(classes, "class", "constant"), validFor: /^[^"']*$/ };
    }
    // Words of a text that is looked for are no names.
    if (context.tokenBefore(STRINGS)) return null;
    const returned = context.matchBefore(/\breturn\s+\w*/);
    const word = context.matchBefore(/(?<![\w.])\w+/);
    if (!word && !returned && !context.explicit) return null;
    const literals = returned ? quoted(classes, JSON.stringify) : [];
    return {
      from: word?.from ?? context.pos,
      options: [...literals, ...options(helpers, "", "function", 1)],
      validFor: /^\w*$/,
    };
  };
}

function sqlNames(names: () => Completions): CompletionSource {
  return (context) => {
    const word = context.matchBefore(/\w+/);
    if (!word && !context.explicit) return null;
    const { columns, classes, helpers } = names();
    return {
      from: word?.from ?? context.pos,
      options: [
        ...options(columns, "column", "property", 1),
        ...quoted(classes, (name) => `'${name.replaceAll("'", "''")}'`),
        ...options(helpers, "", "function"),
      ],
      validFor: /^\w*$/,
    };
  };
}

/** The first parameters of the functions in the document: the names that stand for a row. */
function rowNames(context: CompletionContext): string[] {
  const parameters = context.state.doc.toString().matchAll(/\bdef\s+\w+\s*\(\s*([A-Za-z_]\w*)/g);
  return [...new Set(["x", ...[...parameters].map((match) => match[1]!)])];
}

/** Python's own names make no sense after a dot. */
function outsideAttributes(source: CompletionSource): CompletionSource {
  return (context) => (context.matchBefore(/\.\w*/) ? null : source(context));
}

function options(labels: string[], detail: string, type: string, boost = 0): Completion[] {
  return labels.map((label) => ({ label, detail, type, boost }));
}

/** Class names that are found by their letters and inserted as literals of the language. */
function quoted(classes: string[], literal: (name: string) => string): Completion[] {
  return options(classes, "class", "constant", 2).map((option) => ({
    ...option,
    displayLabel: literal(option.label),
    apply: literal(option.label),
  }));
}
