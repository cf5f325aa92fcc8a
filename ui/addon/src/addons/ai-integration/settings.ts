// Reads the AddOn's settings as Beefree documents them, from whatever the console and the host sent.
// It must not invent a balance: absent numbers mean "unlimited", and the host counts, not we.
import type { Json } from "../../client/json.js";

export interface WritingSettings {
  readonly tokensAvailable: number | undefined;
  readonly tokensUsed: number | undefined;
  readonly tokenLabel: string | undefined;
  readonly isPromptDisabled: boolean;
  readonly isSuggestionsDisabled: boolean;
  readonly isRegenerateEnabled: boolean;
  readonly isUpsellEnabled: boolean;
  readonly upsellTrigger: number;
  readonly submitOnEnterKey: boolean;
  readonly isBrandTonesEnabled: boolean;
  readonly canSelectBrandTones: boolean;
}

function amount(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function readSettings(raw: Json): WritingSettings {
  return {
    tokensAvailable: amount(raw.tokensAvailable),
    // Beefree's upsell page calls the same number tokensCounter; both are accepted, tokensUsed wins.
    tokensUsed: amount(raw.tokensUsed) ?? amount(raw.tokensCounter),
    tokenLabel: typeof raw.tokenLabel === "string" ? raw.tokenLabel : undefined,
    isPromptDisabled: raw.isPromptDisabled === true,
    // The documentation says both; we take true as "hidden".
    isSuggestionsDisabled: raw.isSuggestionsDisabled === true,
    // The table's default is false, prose and recordings show the button unless it is switched off.
    isRegenerateEnabled: raw.isRegenerateEnabled !== false,
    isUpsellEnabled: raw.isUpsellEnabled === true,
    upsellTrigger: amount(raw.upsellTrigger) ?? 80,
    submitOnEnterKey: raw.submitOnEnterKey === true,
    isBrandTonesEnabled: raw.isBrandTonesEnabled === true,
    // Named in Beefree's settings without a default: only an explicit false locks the choice.
    canSelectBrandTones: raw.canSelectBrandTones !== false,
  };
}
