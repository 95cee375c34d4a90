import type { Action, AnnotationEvent, Card, Remarks } from "./types";

/** An event with the change it makes to the number of labelled rows. */
interface Entry {
  event: AnnotationEvent;
  labelled: number;
}

const SEND_GAP_MS = 60;
const FIRST_RESEND_MS = 2_000;
const LONGEST_RESEND_MS = 15_000;

/**
 * The events that Python has not acknowledged, oldest first; all of them go out with each delivery.
 *
 * They are kept in the tab's storage, so that leaving the page or losing the server loses none.
 */
export class EventLog {
  /** True once a delivery went without an answer for too long. */
  overdue = false;
  private entries: Entry[];
  private readonly storageName: string;
  private lastSent = 0;
  private resendMs = FIRST_RESEND_MS;
  private sending: ReturnType<typeof setTimeout> | undefined;
  private resending: ReturnType<typeof setTimeout> | undefined;

  constructor(
    name: string,
    private readonly deliver: (events: AnnotationEvent[]) => void,
    private readonly onChange: () => void,
  ) {
    this.storageName = `labelwright:events:${name}`;
    this.entries = JSON.parse(sessionStorage.getItem(this.storageName) ?? "[]");
    if (this.entries.length) this.sending = setTimeout(() => this.send(), SEND_GAP_MS);
  }

  get size(): number {
    return this.entries.length;
  }

  /** How many rows the unacknowledged events label, net of those they clear. */
  get labelled(): number {
    return this.entries.reduce((sum, entry) => sum + entry.labelled, 0);
  }

  append(
    card: Card,
    action: Action,
    code: number | null,
    seconds: number,
    labelled: number,
    remarks: Remarks = { note: "", flagged: false },
  ): void {
    const event = {
      event_id: uuid(),
      row_id: card.row_id,
      action,
      code,
      seconds: Math.round(seconds * 1000) / 1000,
      at: new Date().toISOString(),
      ...remarks,
      draw: card.draw,
    };
    this.entries.push({ event, labelled });
    this.store();
    this.sending ??= setTimeout(() => this.send(), Math.max(0, this.lastSent + SEND_GAP_MS - Date.now()));
  }

  /** Forgets the events with these ids and returns them. */
  acknowledge(ids: string[]): AnnotationEvent[] {
    const known = new Set(ids);
    const saved = this.entries.filter((entry) => known.has(entry.event.event_id));
    if (!saved.length) return [];
    this.entries = this.entries.filter((entry) => !known.has(entry.event.event_id));
    this.store();
    this.resendMs = FIRST_RESEND_MS;
    if (this.size === 0) {
      clearTimeout(this.resending);
      this.overdue = false;
    }
    return saved.map((entry) => entry.event);
  }

  close(): void {
    clearTimeout(this.sending);
    clearTimeout(this.resending);
  }

  private send(): void {
    this.sending = undefined;
    this.lastSent = Date.now();
    clearTimeout(this.resending);
    this.resending = setTimeout(() => this.resend(), this.resendMs);
    this.deliver(this.entries.map((entry) => entry.event));
  }

  private resend(): void {
    if (this.size === 0) return;
    this.overdue = true;
    this.resendMs = Math.min(this.resendMs * 2, LONGEST_RESEND_MS);
    this.send();
    this.onChange();
  }

  private store(): void {
    if (this.size) sessionStorage.setItem(this.storageName, JSON.stringify(this.entries));
    else sessionStorage.removeItem(this.storageName);
  }
}

/** `crypto.randomUUID` exists on HTTPS and localhost only; a team's server may be plain HTTP. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
