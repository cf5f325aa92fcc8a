// The arithmetic of image balances: what is left, what is locked, when the host's offer shows.
// It must stay pure: no texts, no DOM, no counting of its own.
import type { Json } from "../../client/json.js";

export interface Balance {
  /** Show "N images left"; only with both numbers. */
  readonly widget: boolean;
  /** undefined: unlimited. */
  readonly remaining: number | undefined;
  readonly locked: boolean;
  readonly offer: boolean;
}

const TRIGGER = 3;

const amount = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : undefined);

/** `lock` is the setting that locks the AddOn whatever the balance. */
export function balance(settings: Json, lock: "isIconDisabled" | "isGenerationDisabled"): Balance {
  const available = amount(settings.imagesAvailable);
  const used = amount(settings.imagesUsed);
  const off = settings[lock] === true;
  if (available === undefined || used === undefined) {
    return { widget: false, remaining: undefined, locked: off, offer: false };
  }
  const remaining = Math.max(0, available - used);
  // Beefree gives the default of 3 for image generation only; for alternate texts we take the same.
  const trigger = amount(settings.upsellTrigger) ?? TRIGGER;
  const offer = settings.isUpsellEnabled === true && remaining <= trigger;
  return { widget: true, remaining, locked: off || remaining === 0, offer };
}
