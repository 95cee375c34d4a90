import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  completionStatus,
  moveCompletionSelection,
  selectedCompletionIndex,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { sql } from "@codemirror/lang-sql";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";

import { completionSources, type Completions } from "./completion";
import { colors, theme } from "./theme";
import { wrapping } from "./wrapping";

const LANGUAGES = { python, sql, text: () => [] };

export type Language = keyof typeof LANGUAGES;

/** Everything that makes up the editor apart from its exchange with Python. */
export function extensions(
  language: Language,
  label: string,
  completions: () => Completions,
): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    history(),
    drawSelection(),
    wrapping(),
    indentUnit.of("    "),
    EditorState.tabSize.of(4),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    // Nothing is selected at first: Enter after a word that was typed in full is a new line.
    autocompletion({
      override: completionSources(language, completions),
      icons: false,
      selectOnOpen: false,
    }),
    LANGUAGES[language](),
    syntaxHighlighting(colors),
    theme,
    EditorView.contentAttributes.of({ "aria-label": label }),
    // Tab indents; CodeMirror lets Tab leave the editor right after Escape.
    keymap.of([
      { key: "Tab", run: acceptFirst },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}

/** Accepts the completion that is selected, or the first where none is yet. */
function acceptFirst(view: EditorView): boolean {
  if (completionStatus(view.state) !== "active") return false;
  if (selectedCompletionIndex(view.state) === null) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
}
