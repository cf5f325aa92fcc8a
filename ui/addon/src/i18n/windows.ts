// The texts inside the windows, which are loaded with them; what a window shares with the rest comes from there.
// A name must never be in both tables: the host replaces texts by name.
import type { AddOnContext } from "../addons/context.js";
import { en } from "./en-windows.js";
import { it } from "./it-windows.js";
import type { MessageKey } from "./keys.js";
import { type Lookup, lookup } from "./lookup.js";

export type WindowKey = keyof typeof en;
export type WindowTexts = Lookup<WindowKey | MessageKey>;

export function windowTexts(context: AddOnContext): WindowTexts {
  const own = lookup(context.config.current, { en, it });
  const shared = context.texts();
  return (key, values) => (key in en ? own(key as WindowKey, values) : shared(key as MessageKey, values));
}
