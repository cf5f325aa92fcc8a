// Which language a template is written in, and how to take one language out of it again.
// It must not change the template it is given: the host may show it meanwhile.
import { isRecord, record, text } from "../../client/json.js";
import type { HaAddonConfig } from "../../types/beefree.js";

/** The host's configuration first; then the template's own word, which has stood in two places. */
export function sourceLanguage(config: HaAddonConfig, template: unknown): string {
  const page = record(record(template).page);
  const own = [page.language, record(page.body).language].map((language) => text(record(language).value));
  return config.templateLanguage?.value || own.find(Boolean) || "";
}

/** A copy without what was translated into `language`, wherever it stands. */
export function withoutLanguage<T>(value: T, language: string): T {
  if (Array.isArray(value)) return value.map((item) => withoutLanguage(item, language)) as T;
  if (!isRecord(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inside] of Object.entries(value)) {
    if (key === "__proto__") continue;
    if (key !== "translations" || !isRecord(inside)) copy[key] = withoutLanguage(inside, language);
    else {
      const { [language]: _, ...others } = inside;
      if (Object.keys(others).length > 0) copy[key] = others;
    }
  }
  return copy as T;
}
