// The texts of the parts that are always loaded, in the language of the configuration.
// It must return plain text only; nothing it returns may be parsed as HTML.
import type { HaAddonConfig } from "../types/beefree.js";
import { en } from "./en.js";
import { it } from "./it.js";
import type { MessageKey } from "./keys.js";
import { type Lookup, lookup } from "./lookup.js";

export { fill, flatten, languageOf, type Values } from "./lookup.js";
export type Texts = Lookup<MessageKey>;

export function createTexts(config: HaAddonConfig): Texts {
  return lookup(config, { en, it });
}
