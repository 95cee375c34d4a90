import base from "../shared/base.css";
import { container, element } from "../shared/dom";
import type { Mounted } from "../shared/mounted";
import type { Cleanup, Component } from "../shared/streamlit";
import css from "./activity.css";
import { type Announced, channelOf } from "./channel";

/** What the engine is doing: in words, how much of it is done (0 to 1), and what went wrong. */
export interface Activity {
  /** That of the snapshot this is said of. */
  version: number;
  said: string;
  done: number | null;
  problems: string[];
}

export interface ActivityData {
  project: string;
  activity: Activity;
}

/** A line that follows the engine without a run of Python: what it says is pushed. */
export class ActivityLine implements Mounted<ActivityData> {
  private readonly said = element("span", "said");
  private readonly bar = element("progress");
  private readonly problems = element("div", "problems");
  private shown = -1;
  private project: string;
  private unsubscribe: Cleanup;

  constructor({ data, parentElement }: Component<ActivityData>) {
    const root = container(parentElement, "root activity", base + css);
    const line = element("div", "line");
    line.setAttribute("role", "status");
    this.bar.ariaLabel = "How much of it is done";
    line.append(this.said, this.bar);
    root.append(line, this.problems);
    this.project = data.project;
    this.show(data.activity);
    this.unsubscribe = this.listen();
  }

  update({ data }: Component<ActivityData>): void {
    if (data.project !== this.project) {
      this.unsubscribe();
      this.project = data.project;
      this.shown = -1;
      this.unsubscribe = this.listen();
    }
    this.show(data.activity);
  }

  close(): void {
    this.unsubscribe();
  }

  private listen(): Cleanup {
    const channel = channelOf(this.project);
    return channel.subscribe(() => this.hear(channel.announced));
  }

  private hear(announced: Announced | undefined): void {
    if (announced?.activity) this.show(announced.activity);
  }

  /** A page drawn a moment ago can be older than what was pushed meanwhile, and the reverse. */
  private show({ version, said, done, problems }: Activity): void {
    if (version < this.shown) return;
    this.shown = version;
    if (this.said.textContent !== said) this.said.textContent = said;
    this.bar.hidden = done === null;
    this.bar.value = done ?? 0;
    this.problems.replaceChildren(...problems.map((problem) => element("p", "", `✗ ${problem}`)));
  }
}
