// Reads a block's text out of the template, and writes a new one in, the way the builder stores each kind.
// It must escape what it writes: an answer is text, whatever it looks like.
import { parseHtml, serializeHtml } from "./html.js";
import { isMergeTag, withTags, withValues } from "./mergetags.js";
import { PLACEHOLDERS } from "./placeholders.js";
import type { Meta, Module, Template, Translated } from "./types.js";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);
}

function plain(html: string): string {
  return (withValues(parseHtml(html)).textContent ?? "").replace(/\u200B/g, "").trim();
}

function items(html: string, tag: string): string[] {
  const found = [...withValues(parseHtml(html)).querySelectorAll(tag)].map((e) =>
    (e.textContent ?? "").trim(),
  );
  return found.length > 0 ? found : [plain(html)];
}

/** The fields as they read in `language`; what is not translated reads as in the main language. */
export function inLanguage<Fields extends object>(
  fields: Fields & Translated<Partial<Fields>>,
  language: string,
): Fields {
  return { ...fields, ...fields.translations?.[language] };
}

/** Where to write for `language`: "" is the main one. */
function place<Fields extends object>(
  fields: Fields & Translated<Fields>,
  language: string,
): Partial<Fields> {
  if (!language) return fields;
  fields.translations ??= {};
  fields.translations[language] ??= {};
  return fields.translations[language];
}

/** The block as it reads in `language`. */
export function localized(module: Module, language: string): Module {
  if (!language) return module;
  const { heading, paragraph, list, button, image, ...rest } = module.descriptor;
  const descriptor = {
    ...rest,
    ...(heading ? { heading: inLanguage(heading, language) } : {}),
    ...(paragraph ? { paragraph: inLanguage(paragraph, language) } : {}),
    ...(list ? { list: inLanguage(list, language) } : {}),
    ...(button ? { button: inLanguage(button, language) } : {}),
    ...(image ? { image: inLanguage(image, language) } : {}),
  };
  return { ...module, descriptor };
}

export function readText({ descriptor: d }: Module): string {
  if (d.heading) return plain(d.heading.text);
  if (d.paragraph) return items(d.paragraph.html.replace(/<br\s*\/?>/g, "\n"), "p").join("\n\n");
  if (d.list) return items(d.list.html, "li").join("\n");
  if (d.button) return plain(d.button.label);
  return "";
}

/**
 * The placeholder span stays when real text is typed over it, so it proves nothing alone:
 * a block counts as untouched only if the text is the builder's own as well.
 */
export function isDefault(module: Module): boolean {
  return PLACEHOLDERS.has(readText(module));
}

/** Replaces the text in a button's label and keeps the elements around it, with their inline styles. */
function relabel(label: string, text: string): string {
  const body = parseHtml(label);
  let inner: Element = body;
  for (let next = inner.firstElementChild; next; next = inner.firstElementChild) {
    if (next.tagName === "BR" || isMergeTag(next)) break;
    inner = next;
  }
  inner.textContent = text.replace(/\s+/g, " ").trim();
  return serializeHtml(body);
}

/** What a block's text becomes as HTML. */
function htmlOf(text: string, separator: RegExp, element: "p" | "li"): string {
  return text
    .split(separator)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => `<${element}>${escapeHtml(line).replace(/\n/g, "<br>")}</${element}>`)
    .join("");
}

/** A translation is written beside the main text; only the main text remembers its prompt. */
export function writeText(module: Module, text: string, promptId?: string, language = ""): void {
  const { heading, paragraph, list, button } = module.descriptor;
  if (heading) {
    const before = inLanguage(heading, language).text;
    const html = escapeHtml(text.replace(/\s+/g, " ").trim());
    place(heading, language).text = withTags(html, before, escapeHtml);
  }
  if (paragraph) {
    const before = inLanguage(paragraph, language).html;
    place(paragraph, language).html = withTags(htmlOf(text, /\n{2,}/, "p"), before, escapeHtml);
  }
  if (list) {
    const before = inLanguage(list, language).html;
    const html = `<${list.tag}>${htmlOf(text, /\n+/, "li")}</${list.tag}>`;
    place(list, language).html = withTags(html, before, escapeHtml);
  }
  if (button) {
    const before = inLanguage(button, language).label;
    // Elements' text is serialised without escaping quotes.
    const escaped = (value: string) => value.replace(/[&<>]/g, (c) => ESCAPES[c] ?? c);
    place(button, language).label = withTags(relabel(before, text), before, escaped);
  }
  const block = heading ?? paragraph ?? list ?? button;
  if (!block || language) return;
  if (promptId === undefined) delete block.prompt;
  else block.prompt = promptId;
}

export function writeAlt({ descriptor: { image } }: Module, alt: string, language = ""): void {
  if (image) place(image, language).alt = alt;
}

/** Another picture: the text for the old one would be wrong. */
export function writeImage({ descriptor: { image } }: Module, src: string): void {
  if (!image) return;
  image.src = src;
  image.alt = "";
  delete image.translations;
}

export function readMeta({ page }: Template, language = ""): Meta {
  const { subject = "", preheader = "" } = inLanguage<Partial<Meta>>(page.head?.meta ?? {}, language);
  return { subject, preheader };
}

export function writeMeta({ page }: Template, meta: Partial<Meta>, language = ""): void {
  page.head ??= {};
  page.head.meta ??= {};
  Object.assign(place<Partial<Meta>>(page.head.meta, language), meta);
}

export function promptOf({ descriptor: d }: Module): string | undefined {
  return (d.heading ?? d.paragraph ?? d.list ?? d.button)?.prompt;
}
