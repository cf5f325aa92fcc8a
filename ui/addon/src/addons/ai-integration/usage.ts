// The arithmetic of balance, banners and lock, as Beefree's rules give it.
// It must stay pure: no texts, no DOM, no counting of its own.
import type { WritingSettings } from "./settings.js";

export interface UsageState {
  /** Show "25/150 tokens". */
  readonly widget: boolean;
  /** Percent used; undefined without both numbers. */
  readonly percent: number | undefined;
  readonly low: boolean;
  readonly out: boolean;
  readonly inputLocked: boolean;
}

export function usageState(settings: WritingSettings): UsageState {
  const { tokensAvailable: available, tokensUsed: used, isUpsellEnabled, isPromptDisabled } = settings;
  if (available === undefined || used === undefined) {
    return { widget: false, percent: undefined, low: false, out: false, inputLocked: isPromptDisabled };
  }
  const exhausted = used >= available;
  const percent = available > 0 ? (100 * used) / available : 100;
  return {
    widget: true,
    percent,
    low: isUpsellEnabled && !exhausted && percent >= settings.upsellTrigger,
    out: isUpsellEnabled && exhausted,
    inputLocked: isPromptDisabled || exhausted,
  };
}
