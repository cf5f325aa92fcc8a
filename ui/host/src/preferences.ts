// Remembers the visitor's choices: language, theme, streaming.
// It must never store a token, a prompt or an answer; and it must work where storage is refused.
import type { Language } from "./i18n/texts.js";

export type Theme = "light" | "dark";

export interface Preferences {
  language: Language;
  /** undefined: follow the system. */
  theme: Theme | undefined;
  stream: boolean;
}

const KEY = "addon-console.demo.preferences";

export function loadPreferences(): Preferences {
  let saved: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    saved = JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    // Refused or damaged: start afresh.
  }
  const language = saved.language === "it" || saved.language === "en" ? saved.language : undefined;
  return {
    language: language ?? (navigator.language.toLowerCase().startsWith("it") ? "it" : "en"),
    theme: saved.theme === "light" || saved.theme === "dark" ? saved.theme : undefined,
    stream: saved.stream === true,
  };
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // The choice then lasts as long as the page.
  }
}
