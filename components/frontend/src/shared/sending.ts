/**
 * Values of different components go to Python in messages of their own.
 *
 * Streamlit gathers what is set within moments into one message. It names one fragment, that of the
 * first value that has one, and only this fragment runs: what another one or the page had to say is
 * stored and not drawn.
 */

/** So long after a press or a change of a field what Streamlit's own elements say of it is sent. */
const QUIET_MS = 30;
/** Somebody who does not stop typing keeps nothing back for longer. */
const LONGEST_QUIET_WAIT_MS = 150;
const ACTS = ["click", "change", "focusout", "keydown"] as const;

interface Sending {
  /** Whose values are in the message that is about to leave. */
  sender?: ShadowRoot;
  waiting: { root: ShadowRoot; send: () => void }[];
  /** When somebody pressed or changed something last. */
  acted?: number;
}

/** Each component is a bundle with its own copy of this module. */
const SHARED = Symbol.for("labelwright.sending");
const sending: Sending = ((window as unknown as Record<symbol, Sending>)[SHARED] ??= watched());

/** Sends now, or once the values of another component have left. */
export function sendAlone(root: ShadowRoot, send: () => void): void {
  const free = sending.sender === undefined || sending.sender === root;
  if (free && sending.waiting.length === 0) sendNow(root, send);
  else sending.waiting.push({ root, send });
}

/** Does what nobody asked for when what was pressed a moment ago is on its way. */
export function whenQuiet(act: () => void, since = Date.now()): void {
  const quietIn = (sending.acted ?? 0) + QUIET_MS - Date.now();
  if (quietIn <= 0 || Date.now() - since >= LONGEST_QUIET_WAIT_MS) act();
  else setTimeout(() => whenQuiet(act, since), quietIn);
}

function sendNow(root: ShadowRoot, send: () => void): void {
  if (sending.sender === undefined) {
    sending.sender = root;
    // Streamlit's own timer, which is set for the first value, runs between these two.
    setTimeout(() => setTimeout(sendNext));
  }
  send();
}

function sendNext(): void {
  sending.sender = undefined;
  const root = sending.waiting[0]?.root;
  while (root && sending.waiting[0]?.root === root) sendNow(root, sending.waiting.shift()!.send);
}

function watched(): Sending {
  const found: Sending = { waiting: [] };
  for (const act of ACTS) {
    window.addEventListener(act, () => (found.acted = Date.now()), { capture: true });
  }
  return found;
}
