import { type Extension, RangeSet, StateEffect, StateField, type Text } from "@codemirror/state";
import { type EditorView, gutter, GutterMarker } from "@codemirror/view";

import { element } from "../shared/dom";

/** Figures beside a line; `line` is the one that Python knows it by. */
export interface LineMark {
  line: number;
  figures: string;
  title: string;
  muted: boolean;
}

class Marker extends GutterMarker {
  constructor(readonly mark: LineMark) {
    super();
  }

  eq(other: Marker): boolean {
    return JSON.stringify(this.mark) === JSON.stringify(other.mark);
  }

  toDOM(): HTMLElement {
    const { figures, title, muted } = this.mark;
    const made = element("span", muted ? "mark muted" : "mark", figures);
    made.title = title;
    return made;
  }
}

const replaced = StateEffect.define<RangeSet<Marker>>();

/** The marks move with their lines while the text is edited. */
const field = StateField.define<RangeSet<Marker>>({
  create: () => RangeSet.empty,
  update(marks, transaction) {
    for (const effect of transaction.effects) if (effect.is(replaced)) return effect.value;
    return marks.map(transaction.changes);
  },
});

/** A gutter of figures; it takes no room where there are none. */
export function marksGutter(onClick: (line: number) => void): Extension {
  return [
    field,
    gutter({
      class: "cm-marks",
      markers: (view) => view.state.field(field),
      domEventHandlers: {
        mousedown: (view, block) => {
          const mark = markAt(view, block.from);
          if (mark) onClick(mark.line);
          return mark !== undefined;
        },
      },
    }),
  ];
}

export function setMarks(marks: LineMark[], doc: Text): StateEffect<RangeSet<Marker>> {
  const shown = marks.filter(({ line }) => line >= 1 && line <= doc.lines);
  const ranges = shown.map((mark) => new Marker(mark).range(doc.line(mark.line).from));
  return replaced.of(RangeSet.of(ranges, true));
}

/** The mark of the line that begins at a position. */
export function markAt(view: EditorView, from: number): LineMark | undefined {
  let found: LineMark | undefined;
  view.state.field(field).between(from, from, (_from, _to, marker) => {
    found = marker.mark;
    return false;
  });
  return found;
}
