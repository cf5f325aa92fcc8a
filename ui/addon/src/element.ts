// The custom element <ha-addon>: a shadow root that keeps our parts and the host page's CSS apart.
// It must hold no behaviour of any AddOn; it only shows the view it is given.
import { adoptStyles } from "./styles/sheets.js";

export type Part = "entry" | "panel";

// Importing this module on a server, where there is no DOM, must not fail.
const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export class HaAddonElement extends Base {
  readonly #root: ShadowRoot;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    adoptStyles(this.#root);
  }

  show(view: Node, part: Part): void {
    this.dataset.part = part;
    this.#root.replaceChildren(view);
  }
}

export const TAG = "ha-addon";

export function defineElement(): void {
  if (globalThis.customElements && !customElements.get(TAG)) customElements.define(TAG, HaAddonElement);
}

/** The element as registered: a second copy of this script reuses the first one's class. */
export function createElement(view: Node, part: Part): HTMLElement {
  defineElement();
  const element = document.createElement(TAG) as HaAddonElement;
  element.show(view, part);
  return element;
}
