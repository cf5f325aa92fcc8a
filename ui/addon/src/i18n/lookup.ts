// Finds a text in a table by key: the host's replacement, else our own, with values filled in.
// It must hold no texts itself, and return plain text only; nothing it returns may be parsed as HTML.
import type { HaAddonConfig, Translations } from "../types/beefree.js";
import { ALIASES, PREFIXES } from "./keys.js";

export type Values = Readonly<Record<string, string | number>>;
export type Lookup<Key extends string> = (key: Key, values?: Values) => string;
export type Tables<Key extends string> = Readonly<Record<Language, Readonly<Record<Key, string>>>>;

const LANGUAGES = ["en", "it"] as const;
export type Language = (typeof LANGUAGES)[number];

/** "it-IT" -> "it"; languages we have no texts for fall back to English. */
export function languageOf(config: HaAddonConfig): Language {
  const short = (config.language ?? "en").toLowerCase().split(/[-_]/)[0];
  return LANGUAGES.find((known) => known === short) ?? "en";
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

export function lookup<Key extends string>(config: HaAddonConfig, tables: Tables<Key>): Lookup<Key> {
  const own = tables[languageOf(config)];
  const host = flatten(config.translations ?? {});
  const replacement = (key: string) => {
    for (const name of [key, ...(ALIASES[key as keyof typeof ALIASES] ?? [])]) {
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
