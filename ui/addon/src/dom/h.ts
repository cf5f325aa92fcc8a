// Builds DOM nodes without ever parsing HTML. Text stays text, whatever it contains.
// It must not offer a way to set markup or an inline style attribute: strict CSPs forbid the latter.

type Listener = (event: Event) => void;
type Attr = string | boolean | number | undefined | Listener;
export type Attrs = Readonly<Record<string, Attr>> & { readonly style?: never };
export type Child = Node | string | undefined | false;

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attrs: Attrs = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : `${value}`);
  }
  fill(element, ...children);
  return element;
}

/** Replaces what is inside. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((c): c is Node | string => c !== undefined && c !== false));
}

const SVG = "http://www.w3.org/2000/svg";

/** One-path line icon of 16 by 16; decorative, so hidden from assistive technology. */
export function icon(path: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  wand: "M2.5 13.5l7-7M8 5l3 3M11.5 1.5v3M10 3h3M13.5 8v2M12.5 9h2M4.5 2.5v2M3.5 3.5h2",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.5l3.5 3.5L13 4.5",
  again: "M13 8a5 5 0 1 1-1.6-3.7M13 2v3h-3",
  alert: "M8 2l6.5 11.5h-13zM8 6.5v3M8 11.5v.2",
  down: "M4.5 6.5L8 10l3.5-3.5",
  lock: "M4 7h8v6H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
} as const;
