// Finds the text for a key in the chosen language. Knows no text itself.
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { ApiError } from "../ipc/generated";
import { en, type MessageKey } from "./en";
import { it } from "./it";

export type { MessageKey };
export type Language = "en" | "it";

const catalogues: Record<Language, Record<MessageKey, string>> = { en, it };

/** The text of `key`, with `{name}` replaced from `values`. */
export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

export function translator(language: Language): Translate {
  return (key, values = {}) =>
    catalogues[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const keys = Object.keys(en) as MessageKey[];

export function isKey(key: string): key is MessageKey {
  return key in en;
}

/**
 * A text the back end gave in English, in the window's language where that very text is one of ours, under `prefix`.
 * So a new field, model or AddOn shows as its own description says until somebody translates it.
 */
export function told(t: Translate, english: string, prefix: string): string {
  const key = keys.find((each) => each.startsWith(prefix) && en[each] === english);
  return key ? t(key) : english;
}

/** What an error says: our sentence for its code, or the back end's own. Codes decide, never texts. */
export function sentence(t: Translate, error: ApiError): string {
  const key = `error.${error.code}`;
  return isKey(key) ? t(key) : `${error.message} ${error.hint}`.trim();
}

/** The few words for a cause. */
export function causeWords(t: Translate, cause: string): string {
  const key = `cause.${cause}`;
  return isKey(key) ? t(key) : cause.replaceAll("-", " ");
}

/** An AddOn's name; its handle while this window has no text for it. */
export function addonName(t: Translate, handle: string): string {
  const key = `addon.${handle}`;
  return isKey(key) ? t(key) : handle;
}

const Context = createContext<{ t: Translate; language: Language }>({ t: translator("en"), language: "en" });

export function Messages({ language, children }: { language: Language; children: ReactNode }) {
  const value = useMemo(() => ({ t: translator(language), language }), [language]);
  return <Context value={value}>{children}</Context>;
}

export function useMessages() {
  return useContext(Context);
}
