// Looks up the page's own texts in the chosen language.
// It must return plain text only.
import { en } from "./en.js";
import { it } from "./it.js";

export type Language = "en" | "it";
export type TextKey = keyof typeof en;
export type T = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

export function texts(language: Language): T {
  const own = language === "it" ? it : en;
  return (key, values = {}) =>
    own[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
