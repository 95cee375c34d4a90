import type { Activity } from "./activity";

/** The one WebSocket of this browser page to a project's announcements, shared by its listeners. */

const SHORTEST_GAP_MS = 100;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** Turning to another page unmounts listeners and mounts others: the socket stays open meanwhile. */
const LINGER_MS = 2_000;

/** The newest version, and those in which a part changed last: `labeling.snapshot.Numbers`. */
export type Followed = "version" | "states" | "figures" | "beside";

/** `pages`: how many pages listen, each of which draws what is new. */
export type Announced = Record<Followed, number> & { pages: number; activity: Activity | null };

const channels = new Map<string, Channel>();

export function channelOf(project: string): Channel {
  const channel = channels.get(project) ?? new Channel(project);
  channels.set(project, channel);
  return channel;
}

export class Channel {
  /** The versions last announced; undefined before the first. */
  announced: Announced | undefined;
  private readonly subscribers = new Set<() => void>();
  private socket: WebSocket | undefined;
  private retryMs = FIRST_RETRY_MS;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private linger: ReturnType<typeof setTimeout> | undefined;
  private gap: ReturnType<typeof setTimeout> | undefined;
  private waiting = false;

  constructor(private readonly project: string) {}

  subscribe(notify: () => void): () => void {
    clearTimeout(this.linger);
    this.subscribers.add(notify);
    if (!this.socket) this.open();
    else this.notify();
    return () => {
      this.subscribers.delete(notify);
      if (this.subscribers.size === 0) this.linger = setTimeout(() => this.close(), LINGER_MS);
    };
  }

  private open(): void {
    const address = new URL("../../push", import.meta.url);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("project", this.project);
    this.socket = new WebSocket(address);
    this.socket.onopen = () => {
      this.retryMs = FIRST_RETRY_MS;
    };
    this.socket.onmessage = (message) => {
      this.announced = JSON.parse(message.data);
      this.notify();
    };
    this.socket.onclose = () => {
      this.retry = setTimeout(() => this.open(), this.retryMs * (0.75 + Math.random() / 2));
      this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
    };
  }

  private close(): void {
    clearTimeout(this.retry);
    clearTimeout(this.gap);
    if (this.socket) this.socket.onclose = null;
    this.socket?.close();
    channels.delete(this.project);
  }

  /** Tells the subscribers at once, but at most ten times a second; the last state always arrives. */
  private notify(): void {
    if (this.gap !== undefined) {
      this.waiting = true;
      return;
    }
    this.waiting = false;
    this.gap = setTimeout(() => {
      this.gap = undefined;
      if (this.waiting) this.notify();
    }, SHORTEST_GAP_MS);
    for (const tell of [...this.subscribers]) tell();
  }
}
