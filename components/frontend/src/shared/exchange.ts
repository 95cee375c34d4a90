import type { Component } from "./streamlit";

/** What Python says of the document that is edited. */
export interface DocumentData {
  /** Names the state of the document that Python speaks of. */
  stamp: string;
  /** Names the document; a new one replaces what is edited. */
  revision: string;
  /** The state of another revision that this one goes on from: it was saved under a new name. */
  continues: { revision: string; stamp: string } | null;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/**
 * Sends a document to Python while it is edited: the browser owns its text until Python names
 * another revision. Each state has a stamp, by which what Python says of an older one is known.
 */
export class Exchange {
  stamp: string;
  private readonly client = crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36);
  private edits = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private component: Component<DocumentData>,
    private readonly text: () => string,
    private readonly debounceMs: number,
    /** Send at once what is typed while nothing is under way; only what follows on it waits. */
    private readonly eager = false,
  ) {
    this.stamp = component.data.stamp;
  }

  /** Takes what Python handed on; tells whether that is another document. */
  update(component: Component<DocumentData>): boolean {
    const known = this.component.data.revision;
    const { revision, stamp, continues } = component.data;
    this.component = component;
    if (revision === known) return false;
    this.cancel();
    const goesOn = continues?.revision === known;
    if (goesOn && continues.stamp !== this.stamp) this.send(); // typed after it was saved
    else this.stamp = stamp;
    return !goesOn;
  }

  /** Whether Python speaks of what is in the document now. */
  get answered(): boolean {
    return this.component.data.stamp === this.stamp;
  }

  /** Whether something waits to be sent. */
  get unsent(): boolean {
    return this.timer !== undefined;
  }

  edited(): void {
    const idle = this.answered && !this.unsent;
    this.edits += 1;
    this.stamp = `${this.client}-${this.edits}`;
    clearTimeout(this.timer);
    if (this.eager && idle) this.send();
    else this.timer = setTimeout(() => this.send(), this.debounceMs);
  }

  send(): void {
    this.cancel();
    this.component.setStateValue("edit", this.edit());
    this.sendAgain(FIRST_RETRY_MS);
  }

  trigger(name: "save" | "preview" | "left"): boolean {
    this.send();
    this.component.setTriggerValue(name, this.edit());
    return true;
  }

  /**
   * A click elsewhere may open another document: what was typed goes first. It goes as a trigger,
   * too, also where it was sent and not answered yet: where messages pile up, the state of a page
   * that is left is dropped. It is not said again: a message that names this page would turn back
   * to it.
   */
  leave(): void {
    if (this.unsent || !this.answered) this.trigger("left");
    clearTimeout(this.retry);
  }

  cancel(): void {
    clearTimeout(this.timer);
    clearTimeout(this.retry);
    this.timer = undefined;
  }

  /** Streamlit can drop a value that is set while the page is being built: say it until heard. */
  private sendAgain(afterMs: number): void {
    this.retry = setTimeout(() => {
      if (this.answered || this.unsent) return;
      this.component.setStateValue("edit", this.edit());
      if (2 * afterMs <= LONGEST_RETRY_MS) this.sendAgain(2 * afterMs);
    }, afterMs);
  }

  private edit(): { text: string; stamp: string; revision: string } {
    // A document nobody edited has no stamp yet, and a trigger needs one.
    this.stamp ||= `${this.client}-0`;
    return { text: this.text(), stamp: this.stamp, revision: this.component.data.revision };
  }
}
