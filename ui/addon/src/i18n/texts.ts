// Turns a message key into the text to show: the host's replacement, else our own, with values filled in.
// It must return plain text only; nothing it returns may be parsed as HTML.
import type { HaAddonConfig, Translations } from "../types/beefree.js";
import { en } from "./en.js";
import { it } from "./it.js";
import { ALIASES, type MessageKey, type Messages, PREFIXES } from "./keys.js";

export type Values = Readonly<Record<string, string | number>>;
export type Texts = (key: MessageKey, values?: Values) => string;

const LANGUAGES: Readonly<Record<string, Messages>> = { en, it };

/** "it-IT" -> "it"; languages we have no texts for fall back to English. */
export function languageOf(config: HaAddonConfig): string {
  const short = (config.language ?? "en").toLowerCase().split(/[-_]/)[0] ?? "en";
  return short in LANGUAGES ? short : "en";
}

/** Accepts nested objects and dotted keys, in any mixture. */
export function flatten(translations: Translations, prefix = "", out = new Map<string, string>()) {
  for (const [key, value] of Object.entries(translations)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") out.set(path, value);
    else if (typeof value === "object" && value !== null) flatten(value, path, out);
  }
  return out;
}

/** Leaves unknown placeholders alone, so that a typing error in a host's text stays visible. */
export function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function createTexts(config: HaAddonConfig): Texts {
  const own = LANGUAGES[languageOf(config)] ?? en;
  const host = flatten(config.translations ?? {});
  const replacement = (key: MessageKey) => {
    for (const name of [key, ...(ALIASES[key] ?? [])]) {
      for (const prefix of PREFIXES) {
        const found = host.get(`${prefix}.${name}`);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  return (key, values = {}) => {
    if (config.debug?.showTranslationKeys) return `${PREFIXES[0]}.${key}`;
    return fill(replacement(key) ?? own[key], values);
  };
}
