import { redo } from "@codemirror/commands";
import { type Diagnostic as Finding, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Text } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

import { container, element } from "../shared/dom";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import type { Completions } from "./completion";
import css from "./editor.css";
import { extensions, type Language } from "./extensions";

interface Diagnostic {
  line: number;
  message: string;
  severity: "error" | "warning" | "info";
  column: number | null;
  end_column: number | null;
}

interface EditorData {
  text: string;
  stamp: string;
  revision: string;
  language: Language;
  diagnostics: Diagnostic[];
  completions: Completions;
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
  private readonly client = crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36);
  private edits = 0;
  private unsent: ReturnType<typeof setTimeout> | undefined;
  /** Names the state of the document; what Python says of another state is stale. */
  private stamp: string;

  constructor(private component: Component<EditorData>) {
    const { data, parentElement } = component;
    this.stamp = data.stamp;
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
    const replaced = component.data.revision !== this.component.data.revision;
    this.component = component;
    if (replaced) {
      this.cancelUnsent();
      this.stamp = component.data.stamp;
      this.view.setState(this.newState());
      this.view.scrollDOM.scrollTo(0, 0);
    }
    this.refresh();
  }

  close(): void {
    this.cancelUnsent();
    this.view.destroy();
  }

  private newState(): EditorState {
    const { text, language, label } = this.component.data;
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: "Mod-s", preventDefault: true, run: () => this.trigger("save") },
            { key: "Mod-Enter", preventDefault: true, run: () => this.trigger("preview") },
            { key: "Mod-Shift-z", preventDefault: true, run: redo },
          ]),
        ),
        extensions(language, label, () => this.component.data.completions),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.edited();
          if (update.docChanged || update.selectionSet) this.showPosition();
        }),
        // A click elsewhere may open another document: what was typed goes first. It goes as a
        // trigger, too: where messages pile up, the state of a page that is left is dropped.
        EditorView.domEventHandlers({ blur: () => void (this.unsent && this.trigger("left")) }),
      ],
    });
  }

  private edited(): void {
    this.edits += 1;
    this.stamp = `${this.client}-${this.edits}`;
    clearTimeout(this.unsent);
    this.unsent = setTimeout(() => this.send(), DEBOUNCE_MS);
  }

  private send(): void {
    this.cancelUnsent();
    this.component.setStateValue("edit", this.edit());
  }

  private trigger(name: "save" | "preview" | "left"): boolean {
    this.send();
    this.component.setTriggerValue(name, this.edit());
    return true;
  }

  private edit(): { text: string; stamp: string; revision: string } {
    // A document nobody edited has no stamp yet, and a trigger needs one.
    this.stamp ||= `${this.client}-0`;
    const { revision } = this.component.data;
    return { text: this.view.state.doc.toString(), stamp: this.stamp, revision };
  }

  private cancelUnsent(): void {
    clearTimeout(this.unsent);
    this.unsent = undefined;
  }

  private refresh(): void {
    const { data } = this.component;
    this.frame.style.height = `${data.height}px`;
    if (data.stamp === this.stamp) {
      const findings = data.diagnostics.map((found) => located(found, this.view.state.doc));
      this.view.dispatch(setDiagnostics(this.view.state, findings));
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
