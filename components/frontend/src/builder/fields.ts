import { button, element } from "../shared/dom";

let made = 0;

/** A label above its field, which has it as its accessible name. */
export function labelled<Field extends HTMLElement>(text: string, field: Field, className = ""): HTMLElement {
  const around = element("div", `field ${className}`);
  const label = element("label", "", text);
  made += 1;
  field.id = `field-${made}`;
  label.htmlFor = field.id;
  around.append(label, field);
  return around;
}

export function textField(value: string, label: string, onInput: (value: string) => void): HTMLInputElement {
  const field = element("input");
  field.type = "text";
  field.value = value;
  field.autocomplete = "off";
  field.spellcheck = false;
  field.setAttribute("aria-label", label);
  field.oninput = () => onInput(field.value);
  return field;
}

/** A field of one thing a line, as high as it has lines. */
export function linesField(
  value: string,
  label: string,
  least: number,
  onInput: (value: string) => void,
): HTMLTextAreaElement {
  const field = element("textarea");
  const fit = () => (field.rows = Math.min(Math.max(field.value.split("\n").length, least), 12));
  field.value = value;
  field.spellcheck = false;
  field.setAttribute("aria-label", label);
  field.oninput = () => {
    fit();
    onInput(field.value);
  };
  fit();
  return field;
}

/** A choice; a value that is none of the options is kept as one of them. */
export function choice(
  value: string,
  options: readonly (readonly [value: string, text: string])[],
  label: string,
  onChange: (value: string) => void,
): HTMLSelectElement {
  const field = element("select");
  const known = options.some(([one]) => one === value);
  for (const [one, text] of known ? options : [...options, [value, value || "–"] as const]) {
    const option = element("option", "", text);
    option.value = one;
    field.append(option);
  }
  field.value = value;
  field.setAttribute("aria-label", label);
  field.onchange = () => onChange(field.value);
  return field;
}

/** A switch that is a button: pressed or not. */
export function toggle(
  text: string,
  title: string,
  pressed: boolean,
  onChange: (pressed: boolean) => void,
): HTMLButtonElement {
  const made = button("toggle", text, () => {
    const now = made.ariaPressed !== "true";
    made.ariaPressed = String(now);
    onChange(now);
  });
  made.title = title;
  made.ariaPressed = String(pressed);
  return made;
}
