import base from "../shared/base.css";
import { button, container, element } from "../shared/dom";
import { type Mounted, mounting } from "../shared/mounted";
import type { Component } from "../shared/streamlit";
import css from "./uploader.css";

interface UploaderData {
  label: string;
  types: string[];
  max_bytes: number;
  hint: string;
}

interface Uploaded {
  upload_id: string;
  file_name: string;
  size: number;
}

export default mounting<UploaderData>((component) => new Uploader(component));

class Uploader implements Mounted<UploaderData> {
  private readonly input = element("input", "hidden");
  private readonly zone = element("div", "zone");
  private readonly label = element("span", "label");
  private readonly hint = element("span", "hint");
  private readonly status = element("div", "status");
  private request: XMLHttpRequest | undefined;

  constructor(private component: Component<UploaderData>) {
    const root = container(component.parentElement, "root uploader", base + css);
    this.input.type = "file";
    this.input.tabIndex = -1;
    this.input.onchange = () => this.start(this.input.files?.[0]);
    this.status.setAttribute("role", "status");
    const words = element("div", "words");
    words.append(this.label, this.hint);
    this.zone.append(words, button("browse", "Choose file", () => this.input.click()), this.input);
    root.append(this.zone, this.status);
    this.acceptDrops();
    this.update(component);
  }

  update(component: Component<UploaderData>): void {
    this.component = component;
    const { label, types, max_bytes, hint } = component.data;
    this.label.textContent = label;
    const limits = [types.join(", "), `up to ${readable(max_bytes)}`, hint].filter(Boolean);
    this.hint.textContent = `Drop a file here, or choose one: ${limits.join(" · ")}`;
    this.input.accept = types.join(",");
    this.input.setAttribute("aria-label", label);
  }

  close(): void {
    this.cancel();
  }

  private cancel(): void {
    this.request?.abort();
    this.request = undefined;
  }

  private acceptDrops(): void {
    const over = (event: DragEvent, inside: boolean) => {
      event.preventDefault();
      this.zone.classList.toggle("over", inside);
    };
    this.zone.ondragover = (event) => over(event, true);
    this.zone.ondragleave = (event) => over(event, false);
    this.zone.ondrop = (event) => {
      over(event, false);
      this.start(event.dataTransfer?.files[0]);
    };
  }

  private start(file: File | undefined): void {
    // The same file must be choosable again after an error.
    this.input.value = "";
    if (!file) return;
    this.cancel();
    const { max_bytes } = this.component.data;
    if (file.size > max_bytes) {
      const sizes = `${readable(file.size)}; the limit is ${readable(max_bytes)}`;
      this.fail(`${file.name} has ${sizes}. Split it, or import it on the server with cli.py.`);
      return;
    }
    this.send(file);
  }

  private send(file: File): void {
    const request = new XMLHttpRequest();
    this.request = request;
    const address = new URL("../../upload", import.meta.url);
    address.searchParams.set("name", file.name);
    const showProgress = this.progress(file);
    request.upload.onprogress = (event) => showProgress(event.loaded);
    request.onload = () => this.answered(request);
    request.onerror = () => this.fail("The connection to the server was lost. Choose the file again.");
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.send(file);
  }

  private answered(request: XMLHttpRequest): void {
    this.request = undefined;
    if (request.status !== 200) {
      const said = request.response?.error ?? `The server answered with status ${request.status}.`;
      this.fail(said);
      return;
    }
    const uploaded: Uploaded = request.response;
    const done = element("div", "done");
    done.append(
      element("span", "tick", "✓"),
      element("span", "name", uploaded.file_name),
      element("span", "size", readable(uploaded.size)),
      button("quiet", "Remove", () => this.remove()),
    );
    this.status.replaceChildren(done);
    this.component.setStateValue("upload", uploaded);
  }

  private remove(): void {
    this.status.replaceChildren();
    this.component.setStateValue("upload", null);
  }

  private progress(file: File): (loaded: number) => void {
    const line = element("div", "done");
    const share = element("span", "size", "0 %");
    const stop = button("quiet", "Cancel", () => {
      this.cancel();
      this.status.replaceChildren();
    });
    line.append(element("span", "name", file.name), share, stop);
    const bar = element("progress");
    bar.max = Math.max(file.size, 1);
    bar.value = 0;
    bar.setAttribute("aria-label", `Upload of ${file.name}`);
    this.status.replaceChildren(line, bar);
    return (loaded) => {
      bar.value = loaded;
      const percent = Math.floor((100 * loaded) / bar.max);
      share.textContent = `${percent} % of ${readable(file.size)}`;
    };
  }

  private fail(sentence: string): void {
    const shown = element("p", "error", sentence);
    shown.setAttribute("role", "alert");
    this.status.replaceChildren(shown);
  }
}

function readable(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB"];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 || Number.isInteger(value) ? 0 : 1)} ${units[power]}`;
}
