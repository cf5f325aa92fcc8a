// Turns our CSS into constructable sheets, which a strict `style-src` allows.
// It must not create <style> elements or style attributes.
import base from "./base.css?inline";
import card from "./card.css?inline";
import composer from "./composer.css?inline";
import panel from "./panel.css?inline";

let sheets: CSSStyleSheet[] | undefined;

export function adoptStyles(root: ShadowRoot): void {
  sheets ??= [base, panel, card, composer].map((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  });
  root.adoptedStyleSheets = sheets;
}
