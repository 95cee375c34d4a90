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

/** A class name with its colour: a square of the colour, so that the text keeps full contrast. */
export function classChip(name: string, color: string, className = "chip"): HTMLSpanElement {
  const chip = element("span", className);
  chip.style.setProperty("--class-color", color);
  chip.append(element("span", "swatch"), element("span", "chip-name", name));
  return chip;
}
