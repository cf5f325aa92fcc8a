// Adds the windows' own rules to an element that has the common ones already.
// It must not create <style> elements: a strict `style-src` forbids them.
import css from "./windows.css?inline";

let sheet: CSSStyleSheet | undefined;

export function adoptMore(element: HTMLElement): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (element.shadowRoot)
    element.shadowRoot.adoptedStyleSheets = [...element.shadowRoot.adoptedStyleSheets, sheet];
}
