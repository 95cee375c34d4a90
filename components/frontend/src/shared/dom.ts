/** Makes an element. `text` is set as text: what users bring is never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = "",
  text = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function button(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const made = element("button", className, text);
  made.type = "button";
  made.onclick = onClick;
  return made;
}

/** Adds a styled container below a component's shadow root, beside what Streamlit put there. */
export function container(parent: ShadowRoot, className: string, css: string): HTMLDivElement {
  const style = element("style");
  style.textContent = css;
  const root = element("div", className);
  parent.append(style, root);
  return root;
}

/** The short forms of long names. Python makes them; a name that is not in it is short enough. */
export type ShortNames = Record<string, string>;

/** An element with a name's short form as its text and the whole name as its title. */
export function shortName(className: string, name: string, short: ShortNames): HTMLSpanElement {
  const made = element("span", className, Object.hasOwn(short, name) ? short[name] : name);
  if (made.textContent !== name) made.title = name;
  return made;
}

/** A class name with its colour: a square of the colour, so that the text keeps full contrast. */
export function classChip(
  name: string,
  color: string,
  short: ShortNames,
  className = "chip",
): HTMLSpanElement {
  const chip = element("span", className);
  chip.style.setProperty("--class-color", color);
  chip.append(element("span", "swatch"), shortName("chip-name", name, short));
  return chip;
}
