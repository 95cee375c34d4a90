import type { Cleanup, Component } from "./streamlit";

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
  return (component: Component<Data>): Cleanup => {
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
