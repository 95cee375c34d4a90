/** What Streamlit hands to a component at its mount, after each change of `data` and of the theme. */
export interface Component<Data> {
  data: Data;
  parentElement: ShadowRoot;
  /** Keeps a value that Python reads in every run; starts a run. */
  setStateValue(name: string, value: unknown): void;
  /** Hands a value to the next run only; starts it. */
  setTriggerValue(name: string, value: unknown): void;
}

export type Cleanup = () => void;
