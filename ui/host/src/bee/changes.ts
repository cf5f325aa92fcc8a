// What onChange tells: which change, by Beefree's codes, its new value, and the JSON patches (RFC 6902).
// It must compare what was with what is, so that no change is told that did not happen.
import type { Edit } from "../editor/actions.js";
import type { T } from "../i18n/texts.js";
import { inLanguage } from "../template/edit.js";
import { kindOf, type Module } from "../template/types.js";

export interface Patch {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value?: unknown;
}

export interface ChangeDetail {
  readonly code: string;
  readonly value: string;
  readonly description: string;
  readonly patches: readonly Patch[];
}

const TEXT_EDITED = "23";
/** Beefree publishes no code for titles: as its text blocks. */
const CONTENT = { TITLE: "01", PARAGRAPH: "22", LIST: "23", BUTTON: "03" } as const;
const [ALTERNATE_TEXT, CHANGE_IMAGE, MESSAGE_CHANGED] = ["0260", "0263", "1604"];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function patches(before: unknown, after: unknown, path = ""): Patch[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return after.flatMap((value, index) => patches(before[index], value, `${path}/${index}`));
  if (!isFields(before) || !isFields(after))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ op: "replace", path, value: after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name): Patch[] => {
    const at = `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    if (!Object.hasOwn(after, name)) return [{ op: "remove", path: at }];
    if (!Object.hasOwn(before, name)) return [{ op: "add", path: at, value: after[name] }];
    return patches(before[name], after[name], at);
  });
}

function valueAfter({ module, what }: Edit, language: string): string {
  const { heading, paragraph, list, button, image } = module?.descriptor ?? {};
  if (what === "alt" && image) return inLanguage(image, language).alt;
  if (what === "src" && image) return image.src;
  if (heading) return inLanguage(heading, language).text;
  if (paragraph) return inLanguage(paragraph, language).html;
  if (list) return inLanguage(list, language).html;
  return button ? inLanguage(button, language).label : "";
}

function codeOf(what: Edit["what"], module: Module | undefined): string {
  if (what === "alt") return `${ALTERNATE_TEXT}`;
  if (what === "src") return `${CHANGE_IMAGE}`;
  const content = module && CONTENT[kindOf(module) as keyof typeof CONTENT];
  return content ? content + TEXT_EDITED : `${MESSAGE_CHANGED}`;
}

export function describe(edit: Edit, language: string, found: readonly Patch[], t: T): ChangeDetail {
  const { module, what } = edit;
  const kind = module ? t(`kind-${kindOf(module)}`) : t("email");
  const field = { text: t("text"), alt: t("alt-text"), src: t("kind-IMAGE"), template: "" }[what];
  const description = [kind, field].filter(Boolean).join(": ");
  return { code: codeOf(what, module), value: valueAfter(edit, language), description, patches: found };
}
