// The part of Beefree's template JSON that this page renders and edits.
// It must keep Beefree's names: what is shown here has to be a template the real builder opens.

export type Style = Readonly<Record<string, string>>;

/** `prompt` is set on blocks whose text came from the AI. */
interface Prompted {
  prompt?: string;
}

/** Translations stand beside the field they belong to, by language. */
export interface Translated<Fields> {
  translations?: Record<string, Partial<Fields>>;
}

type Translatable<Fields> = Fields & Translated<Fields>;

export interface Meta {
  subject: string;
  preheader: string;
}

export interface Descriptor {
  heading?: Prompted & Translatable<{ text: string }> & { title: "h1" | "h2" | "h3"; readonly style: Style };
  paragraph?: Prompted & Translatable<{ html: string }> & { readonly style: Style };
  list?: Prompted & Translatable<{ html: string }> & { tag: "ul" | "ol"; readonly style: Style };
  button?: Prompted & Translatable<{ label: string }> & { href: string; readonly style: Style };
  image?: Translatable<{ alt: string }> & { src: string; href: string; readonly dynamicSrc?: string };
  divider?: { readonly style: Style };
  readonly style?: Style;
}

export interface Module {
  readonly uuid: string;
  readonly type: string;
  readonly locked: boolean;
  readonly descriptor: Descriptor;
}

export interface Column {
  readonly uuid: string;
  readonly "grid-columns": number;
  readonly style?: Style;
  readonly modules: readonly Module[];
}

export interface Row {
  readonly uuid: string;
  readonly type: string;
  readonly locked: boolean;
  readonly synced: boolean;
  readonly empty: boolean;
  readonly container?: { readonly style?: Style };
  readonly content?: { readonly style?: Style };
  readonly columns: readonly Column[];
}

export interface Template {
  readonly page: {
    readonly title: string;
    readonly description: string;
    readonly language?: { readonly value: string; readonly label: string };
    head?: { meta?: Translatable<Partial<Meta>> };
    readonly template: { readonly name: string; readonly type: string; readonly version: string };
    readonly body: {
      readonly type: "mailup-bee-page-properties";
      readonly container?: { readonly style?: Style };
      readonly content: { readonly style?: Style; readonly computedStyle?: Style };
      readonly webFonts: readonly unknown[];
    };
    readonly rows: readonly Row[];
  };
  readonly comments?: unknown;
}

export const MODULE_PREFIX = "mailup-bee-newsletter-modules-";

export type Kind = "TITLE" | "PARAGRAPH" | "LIST" | "BUTTON" | "IMAGE" | "DIVIDER" | "OTHER";

export function kindOf({ descriptor: d }: Module): Kind {
  if (d.heading) return "TITLE";
  if (d.paragraph) return "PARAGRAPH";
  if (d.list) return "LIST";
  if (d.button) return "BUTTON";
  if (d.image) return "IMAGE";
  return d.divider ? "DIVIDER" : "OTHER";
}

export function* modulesOf(template: Template): Generator<Module> {
  for (const row of template.page.rows) for (const column of row.columns) yield* column.modules;
}
