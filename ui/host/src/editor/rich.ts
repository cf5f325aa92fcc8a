// Turns the template's HTML fields into nodes by an allow-list, so that nothing else in them can act.
// It must not use innerHTML, and must drop attributes: looks come from the block's style.
import { parseHtml } from "../template/html.js";
import { isMergeTag, nameOf } from "../template/mergetags.js";

const ALLOWED = new Set(["P", "BR", "STRONG", "B", "EM", "I", "U", "SPAN", "UL", "OL", "LI", "DIV"]);

function copy(from: Node, to: Node): void {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) to.appendChild(document.createTextNode(child.textContent ?? ""));
    else if (child instanceof Element) {
      // What is not allowed loses its tag and keeps its words, except where the words are code.
      if (child.matches("script, style, template")) continue;
      if (isMergeTag(child)) to.appendChild(document.createTextNode(nameOf(child)));
      else if (!ALLOWED.has(child.tagName)) copy(child, to);
      else {
        const element = document.createElement(child.tagName);
        copy(child, element);
        to.appendChild(element);
      }
    }
  }
}

export function rich(html: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  copy(parseHtml(html), fragment);
  return fragment;
}
