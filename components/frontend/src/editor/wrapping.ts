import { type EditorState, type Extension, type Line, type Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";

/** What goes on below is set in by so many letters more than its line, and by no more than MOST. */
const FURTHER = 2;
const MOST = 16;
/** The room before a line in `@codemirror/view`. */
const BEFORE = "6px";

/** Breaks lines that are wider than the editor; what goes on below is set in as its line is. */
export function wrapping(): Extension {
  return [
    EditorView.lineWrapping,
    ViewPlugin.fromClass(
      class {
        decorations: DecorationSet;

        constructor(view: EditorView) {
          this.decorations = setIn(view);
        }

        update(update: ViewUpdate): void {
          if (update.docChanged || update.viewportChanged) this.decorations = setIn(update.view);
        }
      },
      { decorations: (plugin) => plugin.decorations },
    ),
  ];
}

function setIn(view: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const letters = Math.min(indentation(view.state, line) + FURTHER, MOST);
      const style = `padding-left: calc(${letters}ch + ${BEFORE}); text-indent: -${letters}ch`;
      found.push(Decoration.line({ attributes: { style } }).range(line.from));
      at = line.to + 1;
    }
  }
  return Decoration.set(found);
}

function indentation(state: EditorState, line: Line): number {
  const white = line.text.slice(0, line.text.length - line.text.trimStart().length);
  return [...white].reduce(
    (column, letter) => column + (letter === "\t" ? state.tabSize - (column % state.tabSize) : 1),
    0,
  );
}
