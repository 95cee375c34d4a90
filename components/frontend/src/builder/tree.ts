import { button, element } from "../shared/dom";
import { columnChoice, type Surroundings, testChoice, valueFields } from "./condition";
import { choice, toggle } from "./fields";
import { type Condition, type Group, type Join, newCondition, newGroup, type Node } from "./model";

const JOINS = [
  ["all", "all of these (AND)"],
  ["any", "any of these (OR)"],
] as const;

/** Draws and changes the conditions of a rule. Elements know their node, for the keys. */
export class Tree {
  readonly element = element("div", "tree");
  private readonly nodes = new Map<HTMLElement, { node: Node; parent: Group | undefined }>();

  constructor(
    private root: Group,
    private around: Surroundings,
    private readonly textColumn: string,
  ) {
    this.draw();
  }

  /** Alt-Enter, Alt-N and Alt-Backspace on the condition or group that has the focus. */
  onKey(event: KeyboardEvent): boolean {
    if (!event.altKey || event.ctrlKey || event.metaKey) return false;
    const at = (event.target as HTMLElement).closest<HTMLElement>("[data-node]");
    const found = at ? this.nodes.get(at) : undefined;
    if (!found) return false;
    const { node, parent } = found;
    if (event.code === "Enter") {
      if (node.kind === "group") this.add(node, newCondition(this.textColumn));
      else this.add(parent!, newCondition(node.column), parent!.parts.indexOf(node) + 1);
    } else if (event.code === "KeyN" && parent) this.negate(node);
    else if (event.code === "Backspace" && parent) this.remove(node, parent);
    else return false;
    return true;
  }

  private draw(): void {
    this.nodes.clear();
    this.element.replaceChildren(this.group(this.root, undefined));
  }

  /** Draws anew and puts the focus into a node: on the field that had it, else on the first. */
  private changed(node: Node): void {
    const had = (this.element.getRootNode() as ShadowRoot).activeElement;
    const label = this.boxOf(node)?.contains(had) ? had?.ariaLabel : undefined;
    this.draw();
    const fields = this.boxOf(node)?.querySelectorAll<HTMLElement>("textarea, input, select, .not");
    const all = [...(fields ?? [])];
    const first = all.find((field) => field.matches("textarea, input")) ?? all[0];
    (all.find((field) => label && field.ariaLabel === label) ?? first)?.focus();
    this.around.edited();
  }

  private boxOf(node: Node): HTMLElement | undefined {
    return [...this.nodes].find(([, known]) => known.node === node)?.[0];
  }

  private add(group: Group, part: Node, at = group.parts.length): void {
    group.parts.splice(at, 0, part);
    this.changed(part.kind === "group" ? part.parts[0]! : part);
  }

  private remove(node: Node, parent: Group): void {
    const at = parent.parts.indexOf(node);
    parent.parts.splice(at, 1);
    if (!parent.parts.length) parent.parts.push(newCondition(this.textColumn));
    this.changed(parent.parts[Math.min(at, parent.parts.length - 1)]!);
  }

  private negate(node: Node): void {
    node.not = !node.not;
    this.changed(node);
  }

  private group(group: Group, parent: Group | undefined): HTMLElement {
    const box = element("div", parent ? "group" : "group root-group");
    box.dataset.node = "group";
    box.setAttribute("role", "group");
    box.ariaLabel = `${group.not ? "Not " : ""}${group.join === "all" ? "all" : "any"} of these conditions`;
    box.classList.toggle("negated", group.not);
    this.nodes.set(box, { node: group, parent });
    const head = element("div", "head");
    if (parent) head.append(this.not(group));
    else head.append(element("span", "when", "where"));
    head.append(
      choice(group.join, JOINS, "How the conditions are joined", (value) => {
        group.join = value as Join;
        this.changed(group);
      }),
    );
    if (parent) head.append(this.cross(group, parent, "Remove the group"));
    const parts = element("div", "parts");
    group.parts.forEach((part, number) => {
      if (number) parts.append(element("span", "join", group.join === "all" ? "AND" : "OR"));
      parts.append(part.kind === "group" ? this.group(part, group) : this.condition(part, group));
    });
    const other: Join = group.join === "all" ? "any" : "all";
    const foot = element("div", "foot");
    foot.append(
      button("add", "+ Condition", () => this.add(group, newCondition(this.textColumn))),
      button("add", other === "any" ? "+ OR group" : "+ AND group", () =>
        this.add(group, newGroup(other, [newCondition(this.textColumn)])),
      ),
    );
    box.append(head, parts, foot);
    return box;
  }

  private condition(part: Condition, parent: Group): HTMLElement {
    const box = element("div", "condition");
    box.dataset.node = "condition";
    box.setAttribute("role", "group");
    box.ariaLabel = `Condition ${parent.parts.indexOf(part) + 1}`;
    box.classList.toggle("negated", part.not);
    this.nodes.set(box, { node: part, parent });
    const around = { ...this.around, reshaped: () => this.changed(part) };
    const head = element("div", "head");
    head.append(
      this.not(part),
      columnChoice(part, around),
      testChoice(part, around),
      this.cross(part, parent, "Remove the condition"),
    );
    box.append(head, ...valueFields(part, around));
    return box;
  }

  private not(node: Node): HTMLElement {
    const made = toggle("NOT", "Where it does not hold (Alt-N)", node.not, (pressed) => {
      node.not = pressed;
      made.closest("[data-node]")?.classList.toggle("negated", pressed);
      this.around.edited();
    });
    made.classList.add("not");
    return made;
  }

  private cross(node: Node, parent: Group, label: string): HTMLElement {
    const made = button("cross", "×", () => this.remove(node, parent));
    made.ariaLabel = label;
    made.title = `${label} (Alt-Backspace)`;
    return made;
  }
}
