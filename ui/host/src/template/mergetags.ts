// Merge tags, which the builder keeps as <code data-bee-type="mergetag">: read by their value, written back whole.
// It must never make an element that was not in the block before.
import { parseHtml, styled } from "./html.js";

const TAG = 'code[data-bee-type="mergetag"]';
/** An element's start or end; escaped text has no "<". */
const MARKUP = `<(?:"[^"]*"|[^">])*>`;

function valueIn(tag: Element): string {
  return tag.getAttribute("data-bee-value") || tag.getAttribute("data-bee-name") || "";
}

export function isMergeTag(element: Element): boolean {
  return element.matches(TAG);
}

/** What the end user sees in a merge tag's place. */
export function nameOf(tag: Element): string {
  return tag.getAttribute("data-bee-name") || valueIn(tag);
}

/** Puts each merge tag's value in its place, as text. */
export function withValues(body: HTMLElement): HTMLElement {
  for (const tag of body.querySelectorAll(TAG)) tag.replaceWith(valueIn(tag));
  return body;
}

/** Each merge tag of `before` whose value stands in `html`, which is escaped, becomes an element again. */
export function withTags(html: string, before: string, escaped: (text: string) => string): string {
  const found = new Map<string, string>();
  for (const tag of parseHtml(before).querySelectorAll(TAG)) {
    const value = valueIn(tag);
    if (value) found.set(escaped(value), styled(tag.outerHTML));
  }
  if (found.size === 0) return html;
  // One pass, longest first: a value may be part of another one. Markup is passed over: a value may read like a part of it.
  const values = [...found.keys()].sort((a, b) => b.length - a.length);
  const literal = values.map((v) => v.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const any = new RegExp([MARKUP, ...literal].join("|"), "g");
  return html.replace(any, (value) => found.get(value) ?? value);
}
