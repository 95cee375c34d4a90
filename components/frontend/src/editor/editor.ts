import { redo } from "@codemirror/commands";
import { type Diagnostic as Finding, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Text } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

import { container, element } from "../shared/dom";
import { type DocumentData, Exchange } from "../shared/exchange";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import type { Completions } from "./completion";
import css from "./editor.css";
import { extensions, type Language } from "./extensions";
import { type LineMark, markAt, marksGutter, setMarks } from "./marks";

interface Diagnostic {
  line: number;
  message: string;
  severity: "error" | "warning" | "info";
  column: number | null;
  end_column: number | null;
}

interface EditorData extends DocumentData {
  text: string;
  language: Language;
  diagnostics: Diagnostic[];
  completions: Completions;
  marks: LineMark[] | null;
  height: number;
  label: string;
}

const DEBOUNCE_MS = 300;
const KEYS = /Mac|iP/.test(navigator.platform)
  ? "⌘S save · ⌘↵ preview · Esc, Tab leaves"
  : "Ctrl-S save · Ctrl-Enter preview · Esc, Tab leaves";

export default mounting<EditorData>((component) => new Editor(component));

/** One editor on the page: the view, and the exchange of its text with Python. */
class Editor implements Mounted<EditorData> {
  private readonly view: EditorView;
  private readonly frame: HTMLDivElement;
  private readonly position = element("span");
  private readonly exchange: Exchange;

  constructor(private component: Component<EditorData>) {
    const { parentElement } = component;
    this.exchange = new Exchange(component, () => this.view.state.doc.toString(), DEBOUNCE_MS);
    this.frame = container(parentElement, "root frame", css);
    const footer = element("div", "footer");
    footer.append(this.position, element("span", "keys", KEYS));
    this.view = new EditorView({ state: this.newState(), root: parentElement });
    this.frame.append(this.view.dom, footer);
    // Streamlit's own shortcuts (R, C) listen on the document and cannot see that this is an editor.
    this.frame.addEventListener("keydown", (event) => event.stopPropagation());
    this.refresh();
  }

  update(component: Component<EditorData>): void {
    this.component = component;
    if (this.exchange.update(component)) {
      this.view.setState(this.newState());
      this.view.scrollDOM.scrollTo(0, 0);
    }
    this.refresh();
  }

  close(): void {
    this.exchange.cancel();
    this.view.destroy();
  }

  private newState(): EditorState {
    const { text, language, label } = this.component.data;
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-s", preventDefault: true, run: () => this.exchange.trigger("save") },
            { key: "Mod-Enter", preventDefault: true, run: () => this.exchange.trigger("preview") },
            { key: "Mod-Shift-z", preventDefault: true, run: redo },
            { key: "Alt-Enter", preventDefault: true, run: () => this.askForLine() },
          ]),
        ),
        marksGutter((line) => this.component.setTriggerValue("line", line)),
        extensions(language, label, () => this.component.data.completions),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.exchange.edited();
          if (update.docChanged || update.selectionSet) this.showPosition();
        }),
        EditorView.domEventHandlers({ blur: () => this.exchange.leave() }),
      ],
    });
  }

  /** Asks for the rows of the mark on the line of the cursor. */
  private askForLine(): boolean {
    const { doc, selection } = this.view.state;
    const mark = markAt(this.view, doc.lineAt(selection.main.head).from);
    if (mark) this.component.setTriggerValue("line", mark.line);
    return true;
  }

  private refresh(): void {
    const { data } = this.component;
    this.frame.style.height = `${data.height}px`;
    if (this.exchange.answered) {
      const findings = data.diagnostics.map((found) => located(found, this.view.state.doc));
      this.view.dispatch(setDiagnostics(this.view.state, findings));
      if (data.marks) this.view.dispatch({ effects: setMarks(data.marks, this.view.state.doc) });
    }
    this.showPosition();
  }

  private showPosition(): void {
    const { doc, selection } = this.view.state;
    const line = doc.lineAt(selection.main.head);
    this.position.textContent = `Line ${line.number}, column ${selection.main.head - line.from + 1}`;
  }
}

/** Python counts lines from 1 and columns from 0; without columns the whole line is meant. */
function located(found: Diagnostic, doc: Text): Finding {
  const line = doc.line(Math.min(Math.max(found.line, 1), doc.lines));
  const indent = line.text.length - line.text.trimStart().length;
  const from = Math.min(line.from + (found.column ?? indent), line.to);
  const to = found.end_column === null ? line.to : Math.min(line.from + found.end_column, line.to);
  return { from, to: Math.max(from, to), severity: found.severity, message: found.message };
}
