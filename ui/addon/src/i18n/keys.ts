// The names under which a host app may replace a text: Beefree's documented keys and those it really ships.
// Our own additional texts live under the same prefix; a name must never stand for two texts.
import type { en } from "./en.js";

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

/** The documentation writes the second prefix in one place, for `no-token-message`. */
export const PREFIXES = ["mailup-bee-common-component-ai", "bee-common-component-ai"] as const;

/**
 * Documented key -> shipped key. `characters-length` is missing on purpose: it is a text of its own
 * ("Make it [number] words long"), not the short form of `suggest-characters-length`.
 */
export const ALIASES: Partial<Record<MessageKey, readonly string[]>> = {
  "welcome-example": ["welcome-body-example", "welcome-paragraph-example"],
  "welcome-body-title": ["welcome-paragraph-title"],
  "welcome-body-subtitle": ["welcome-paragraph-subtitle"],
  "suggest-check-spelling": ["check-spelling"],
  "suggest-correct-grammar": ["correct-grammar"],
  "suggest-correct-grammar-list": ["correct-grammar-list"],
  "suggest-translate": ["translate"],
  "suggest-translate-button": ["translate"],
  "suggest-translate-heading": ["translate-heading"],
  "suggest-adjust-tone": ["adjust-tone"],
  "suggest-make-it-tone": ["make-it-tone"],
  "suggest-use-active-voice": ["use-active-voice"],
  "suggest-summarize-text": ["summarize-text"],
  "suggest-convert-third-person": ["convert-third-person"],
  "suggest-lowercase-text": ["lowercase-text"],
  "suggest-titlecase-text": ["titlecase-text"],
  "suggest-use-all-caps": ["use-all-caps"],
  "suggest-capitalize-text": ["capitalize-text"],
  "suggest-capitalize-all-words": ["capitalize-all-words"],
};
