// The template on its way in and out: read from what the host gives, written as JSON and as a sketch in HTML.
// It must keep every field it does not know, and never change the host's own object.

import { h } from "../dom.js";
import { content, paperOf, rowsOf } from "../editor/stage.js";
import { escapeHtml, localized } from "../template/edit.js";
import { modulesOf, type Row, type Template } from "../template/types.js";

const BLANK = {
  page: {
    title: "",
    description: "",
    template: { name: "template-base", type: "basic", version: "2.0.0" },
    body: {
      type: "mailup-bee-page-properties",
      container: { style: {} },
      content: { style: {}, computedStyle: { messageWidth: "600px" } },
      webFonts: [],
    },
    rows: [],
  },
  comments: {},
};

function newId(): string {
  // Pages on plain http have no crypto.randomUUID.
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0"));
  return hex.join("").replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}

function isTemplate(value: unknown): value is Template {
  const { page } = (value ?? {}) as Partial<Template>;
  if (typeof page?.body?.content !== "object" || !Array.isArray(page.rows)) return false;
  return (page.rows as Row[]).every((row) =>
    row?.columns?.every((column) => column?.modules?.every((module) => module?.type && module.descriptor)),
  );
}

/** Undefined if it is no template. Text or object, as hosts have both; nothing, or `{}`, is an empty one. */
export function readTemplate(given: unknown): Template | undefined {
  try {
    const text = typeof given === "string" ? given.replace(/^\uFEFF/, "") : JSON.stringify(given ?? {});
    const value: unknown = JSON.parse(text);
    const empty = JSON.stringify(value) === "{}";
    const template: unknown = empty ? structuredClone(BLANK) : value;
    if (!isTemplate(template)) return undefined;
    // Old templates' blocks have no uuid; the AddOns tell blocks apart by it.
    for (const module of modulesOf(template)) if (!module.uuid) Object.assign(module, { uuid: newId() });
    return template;
  } catch {
    return undefined;
  }
}

/** What the stage shows, as HTML. Beefree's own is made by its servers, for mail programs. */
export function sketchHtml(template: Template, language: string, lang: string): string {
  const paper = h("div", {}, ...rowsOf(template, (module) => content(localized(module, language))));
  paperOf(template, paper);
  const head = `<meta charset="utf-8"><title>${escapeHtml(template.page.title ?? "")}</title>`;
  return `<!doctype html><html lang="${escapeHtml(lang)}"><head>${head}</head><body>${paper.outerHTML}</body></html>`;
}
