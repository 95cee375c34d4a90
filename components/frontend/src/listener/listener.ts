import { type Mounted, mounting } from "../shared/mounted";
import { whenQuiet } from "../shared/sending";
import type { Cleanup, Component } from "../shared/streamlit";
import { type ActivityData, ActivityLine } from "./activity";
import { type Channel, channelOf, type Followed } from "./channel";

interface ListenerData {
  project: string;
  /** Which of the announced numbers this is about: the newest of them. */
  follows: Followed[];
  /** The version that the fragment draws anyway. */
  seen: number;
  /** For how many milliseconds others ask first: so many for each page that listens, within bounds. */
  after_ms: { a_page: number; least: number; most: number };
  /** The version that Python last heard of through this listener. */
  heard: number | null;
}

const FIRST_RETRY_MS = 800;
const LONGEST_RETRY_MS = 15_000;

/** Both in one file, for they share the page's WebSocket. */
export default mounting<ListenerData | ActivityData>((component) =>
  "activity" in component.data
    ? new ActivityLine(component as Component<ActivityData>)
    : new Listener(component as Component<ListenerData>),
);

/** One mounted listener: hands what its project's channel hears to Python. */
class Listener implements Mounted<ListenerData> {
  private project: string;
  private unsubscribe: Cleanup;
  private announced: number;
  private retryMs = FIRST_RETRY_MS;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private waits = false;

  constructor(private component: Component<ListenerData>) {
    this.project = component.data.project;
    this.announced = component.data.seen;
    takeNoSpace(component.parentElement);
    this.unsubscribe = this.listen();
  }

  update(component: Component<ListenerData>): void {
    this.component = component;
    if (component.data.project !== this.project) {
      this.close();
      this.project = component.data.project;
      this.announced = component.data.seen;
      this.unsubscribe = this.listen();
    }
    if (component.data.heard === this.announced) {
      clearTimeout(this.retry);
      this.retryMs = FIRST_RETRY_MS;
    }
  }

  close(): void {
    clearTimeout(this.retry);
    this.unsubscribe();
  }

  private listen(): Cleanup {
    const channel = channelOf(this.project);
    return channel.subscribe(() => this.tell(channel));
  }

  private tell(channel: Channel): void {
    if (channel.announced === undefined) return;
    const { follows, seen, after_ms } = this.component.data;
    const { announced } = channel;
    const newest = Math.max(...follows.map((one) => announced[one]));
    if (newest === this.announced) return;
    this.announced = newest;
    // A newer version is not to wait longer because an older one was hard to tell.
    this.retryMs = FIRST_RETRY_MS;
    // The fragment already drew the version that it names as seen, which can be a later one.
    if (newest > seen && !this.waits) {
      this.waits = true;
      const announce = () => whenQuiet(() => this.announce());
      const wanted = Math.max(after_ms.a_page * announced.pages, after_ms.least);
      const after = Math.min(wanted, after_ms.most);
      if (after > 0) setTimeout(announce, after);
      else announce();
    }
  }

  /** Streamlit can drop a value that is set while the page is being built: say it until heard. */
  private announce(): void {
    this.waits = false;
    if (this.announced <= this.component.data.seen) return; // drawn meanwhile
    if (!this.component.parentElement.host.isConnected) return;
    this.component.setStateValue("live", { project: this.project, version: this.announced });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.announce(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }
}

/** Streamlit leaves a gap of one row for each element, an invisible one too. */
function takeNoSpace(root: ShadowRoot): void {
  const block = root.host.closest<HTMLElement>('[data-testid="stElementContainer"]');
  if (block) block.style.position = "absolute";
}
