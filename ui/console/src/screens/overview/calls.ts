// What a call was, in words: what was asked, what it used, how often. Draws nothing.
import type { Activity } from "../../ipc/generated";
import { addonName, type Translate } from "../../messages";

/** The AddOn that asked; where a provider was called by its own API, that. */
export function asked(t: Translate, call: Activity): string {
  return call.addon ? addonName(t, call.addon) : t(`route.${call.route}`);
}

/** Tokens, images or characters; empty if the call used none that is known. */
export function units(t: Translate, call: Activity, language: string): string {
  const n = (count: number) => count.toLocaleString(language);
  return [
    call.usage ? t("overview.tokens", { n: n(call.usage.total_tokens) }) : null,
    call.images ? t(call.images === 1 ? "overview.image" : "overview.images", { n: n(call.images) }) : null,
    call.characters ? t("overview.characters", { n: n(call.characters) }) : null,
  ]
    .filter(Boolean)
    .join(", ");
}

/** How often providers were asked, where it was more than once. */
export function tries(t: Translate, call: Activity): string | null {
  return call.attempts > 1 ? t("overview.tries", { n: call.attempts }) : null;
}
