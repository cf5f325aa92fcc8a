// The ready-made prompts per kind of block, and when they are offered.
// It must not send anything: choosing one only fills the input.
import type { MessageKey } from "../../i18n/keys.js";
import type { BlockType } from "../../types/beefree.js";
import type { AiModule } from "../../types/wire.js";

export const SUGGESTIONS: Readonly<Record<BlockType, readonly MessageKey[]>> = {
  TITLE: [
    "suggest-capitalize-text",
    "suggest-capitalize-all-words",
    "characters-length",
    "suggest-adjust-tone",
    "suggest-translate-heading",
    "suggest-use-all-caps",
    "suggest-titlecase-text",
    "suggest-characters-length",
  ],
  PARAGRAPH: [
    "suggest-check-spelling",
    "suggest-correct-grammar",
    "suggest-translate",
    "suggest-adjust-tone",
    "suggest-use-active-voice",
    "suggest-summarize-text",
    "suggest-convert-third-person",
    "suggest-lowercase-text",
    "suggest-titlecase-text",
    "suggest-use-all-caps",
  ],
  LIST: [
    "suggest-check-spelling",
    "suggest-correct-grammar-list",
    "suggest-translate",
    "suggest-adjust-tone",
    "suggest-use-active-voice",
    "suggest-use-all-caps",
  ],
  BUTTON: ["suggest-translate-button", "suggest-make-it-tone", "suggest-use-active-voice"],
};

/** Suggestions rework a text, so there must be one that the user or the AI wrote. */
export function hasRealContent(module: AiModule): boolean {
  return !module.isDefault && module.content.trim() !== "";
}

/** The first [bracket] left in a prompt, with its place; the user has to put own words there. */
export function firstBracket(prompt: string): { text: string; start: number; end: number } | undefined {
  const match = /\[[^\][]+\]/.exec(prompt);
  return match ? { text: match[0], start: match.index, end: match.index + match[0].length } : undefined;
}
