// The languages the demo newsletter can be shown and translated in.
// They must share one writing direction, as Beefree asks of a template's languages.
import type { Template } from "./template/types.js";

export const TARGETS = [
  { value: "en-US", label: "English" },
  { value: "it-IT", label: "Italiano" },
  { value: "fr-FR", label: "Français" },
  { value: "de-DE", label: "Deutsch" },
  { value: "es-ES", label: "Español" },
] as const;

export interface NamedLanguage {
  readonly value: string;
  readonly label: string;
}

/** The languages of a template, as the editor offers them. */
export interface Languages {
  readonly main: NamedLanguage;
  readonly others: readonly NamedLanguage[];
  /** Whether a button offers to translate into them. */
  readonly automatic: boolean;
}

/** All but the template's own. */
export function targets({ page }: Template) {
  return TARGETS.filter(({ value }) => value !== page.language?.value);
}

/** True if anything of the template is there in `language`. */
export function hasTranslation(value: unknown, language: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, inside]) =>
      (key === "translations" && Object.hasOwn(inside as object, language)) ||
      hasTranslation(inside, language),
  );
}
