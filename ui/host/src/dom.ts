// Builds DOM nodes from data. Text stays text; markup is never parsed here.
// It must not set inline style attributes: the page's policy forbids them.

type Listener = (event: Event) => void;
type Attrs = Readonly<Record<string, string | number | boolean | undefined | Listener>> & {
  readonly style?: never;
};
export type Child = Node | string | false | undefined;

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

export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((c): c is Node | string => c !== undefined && c !== false));
}

/** Decorative line icon on a grid of 16 by 16. */
export function icon(path: string): SVGElement {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(ns, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  TITLE: "M3 3h10M8 3v10",
  PARAGRAPH: "M2 4h12M2 8h12M2 12h7",
  LIST: "M6 4h8M6 8h8M6 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1",
  BUTTON: "M2 5h12v6H2zM5 8h6",
  IMAGE: "M2 3h12v10H2zM2 11l3.5-3.5L9 11l2-2 3 3",
  DIVIDER: "M2 8h12M4 5h8M4 11h8",
  OTHER: "M2 3h5v5H2zM9 3h5v5H9zM2 10h12v3H2z",
  plug: "M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0zM8 12v2.5",
  key: "M6 9a3 3 0 1 1 2.5-1.3L14 13M11.5 10.5L13 9",
  play: "M5 3l8 5-8 5z",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5z",
  sun: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
  clock: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M8 5v3l2 1.5",
} as const;

/** A part of the page that draws itself from the state. */
export interface Part {
  readonly element: HTMLElement;
  update(): void;
}
