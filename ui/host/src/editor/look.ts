// Applies a block's template style to its node, property by property.
// It goes through the style object, which the page's policy allows, and takes known properties only.
import type { Style } from "../template/types.js";

const KNOWN = [
  "color",
  "background-color",
  "font-family",
  "font-size",
  "font-weight",
  "line-height",
  "text-align",
  "border-radius",
  "border-top",
  "border-right",
  "border-bottom",
  "border-left",
  "padding-top",
  "padding-right",
  "padding-bottom",
  "padding-left",
];

export function applyStyle<E extends HTMLElement>(element: E, style: Style = {}): E {
  for (const name of KNOWN) {
    const value = style[name];
    if (value !== undefined) element.style.setProperty(name, value);
  }
  return element;
}
