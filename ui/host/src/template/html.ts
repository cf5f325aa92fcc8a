// Parses the template's HTML fields into an inert document: no script runs, nothing is loaded.
// Style attributes are set aside while parsing, because the page's policy reports each one even there.

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
const ASIDE = "data-kept-style=";

export function parseHtml(html: string): HTMLElement {
  const kept = html.replace(TAG, (tag) => tag.replace(/\sstyle\s*=\s*/gi, ` ${ASIDE}`));
  return new DOMParser().parseFromString(kept, "text/html").body;
}

/** The way back, with the style attributes in their place. */
export function serializeHtml(body: HTMLElement): string {
  return styled(body.innerHTML);
}

export function styled(html: string): string {
  return html.replaceAll(` ${ASIDE}`, " style=");
}
