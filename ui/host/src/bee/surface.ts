// The place in the host's page: a shadow root in its container, so that neither side's styles reach the other.
// It must not create <style> elements or style attributes: a strict policy forbids them.
import { fill, h } from "../dom.js";
import type { T } from "../i18n/texts.js";
import css from "../styles/bee.css?inline";

let sheet: CSSStyleSheet | undefined;
/** Who is in a container has to leave when another one comes. */
const taken = new WeakMap<Element, () => void>();

export interface Surface {
  readonly element: HTMLElement;
  show(view: HTMLElement): void;
  fail(t: T, message: string): void;
}

/** Undefined if the page has no such container. */
export function openSurface(
  container: string | HTMLElement | undefined,
  leave: () => void,
): Surface | undefined {
  const place = typeof container === "string" ? document.getElementById(container) : container;
  if (!place) return undefined;
  taken.get(place)?.();
  taken.set(place, leave);
  const element = h("div", { "data-testid": "bee-stand-in" });
  const root = element.attachShadow({ mode: "open" });
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
  fill(place, element);
  return {
    element,
    show: (view) => root.replaceChildren(view),
    fail(t, message) {
      const title = h("h2", {}, t("failed-title"));
      const text = h("p", {}, t("failed-text", { message }));
      const view = h("section", { class: "failed", role: "alert", "data-testid": "bee-failed" }, title, text);
      root.replaceChildren(view);
    },
  };
}
