import { LONGEST_TURN_MS, turning, watchLinks } from "./pages";
import { sendAlone } from "./sending";
import type { Cleanup, Component } from "./streamlit";

const TURN_POLL_MS = 50;

/** What stays in the page between two mounts of one component. */
export interface Mounted<Data> {
  update(component: Component<Data>): void;
  /** Ends timers and listeners. */
  close(): void;
}

/**
 * Makes a component's default export: one `Mounted` per shadow root, made at the first call.
 *
 * Streamlit calls the export again after each change of `data`. Where the call before has not
 * settled by then, it runs that call's cleanup although the component stays on the page. So a
 * cleanup means the end only where the component has left the document.
 */
export function mounting<Data>(make: (component: Component<Data>) => Mounted<Data>) {
  const mounted = new WeakMap<ShadowRoot, Mounted<Data>>();
  watchLinks();
  return (given: Component<Data>): Cleanup => {
    const component = silentWhileTurning(given);
    const root = component.parentElement;
    const known = mounted.get(root);
    if (known) known.update(component);
    else mounted.set(root, make(component));
    return () => {
      if (root.host.isConnected) return;
      mounted.get(root)?.close();
      mounted.delete(root);
    };
  };
}

/**
 * Holds back what is said while a page turns, and what a component of the old page says after that:
 * it leaves with its page, and what it had to say is dropped. What is said goes alone.
 */
function silentWhileTurning<Data>(component: Component<Data>): Component<Data> {
  const { parentElement } = component;
  const page = location.pathname;
  const held = (say: (name: string, value: unknown) => void) => {
    const saying = (name: string, value: unknown, waited = 0): void => {
      const late = turning() || location.pathname !== page;
      if (late && waited < LONGEST_TURN_MS) {
        setTimeout(() => saying(name, value, waited + TURN_POLL_MS), TURN_POLL_MS);
      } else if (parentElement.host.isConnected) sendAlone(parentElement, () => say(name, value));
    };
    return (name: string, value: unknown) => saying(name, value);
  };
  return {
    data: component.data,
    parentElement,
    setStateValue: held(component.setStateValue),
    setTriggerValue: held(component.setTriggerValue),
  };
}
