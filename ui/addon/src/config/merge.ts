// Merges a partial configuration the way loadConfig does: per AddOn id, keys not sent keep their value.
// It must not change its arguments: the host may reuse the objects it passed in.
import { isRecord } from "../client/json.js";
import type { AddOnConfig, HaAddonConfig, PartialConfig } from "../types/beefree.js";

/** Objects are merged, everything else (numbers, lists, functions) is replaced; undefined means "not sent". */
function mergeRecords<T extends object>(base: T, patch: Partial<T>): T {
  const out: Record<string, unknown> = { ...(base as Record<string, unknown>) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || key === "__proto__") continue;
    const old = out[key];
    out[key] = isRecord(value) ? mergeRecords(isRecord(old) ? old : {}, value) : value;
  }
  return out as T;
}

function mergeAddOns(base: readonly AddOnConfig[], patch: readonly AddOnConfig[]): AddOnConfig[] {
  const merged = [...base];
  for (const addOn of patch) {
    const at = merged.findIndex((known) => known.id === addOn.id);
    const known = merged[at];
    if (known) merged[at] = mergeRecords(known, addOn);
    else merged.push(addOn);
  }
  return merged;
}

export function mergeConfig(base: HaAddonConfig, patch: PartialConfig): HaAddonConfig {
  const { addOns, ...rest } = patch;
  const merged = mergeRecords<HaAddonConfig>(base, rest);
  return addOns ? { ...merged, addOns: mergeAddOns(base.addOns ?? [], addOns) } : merged;
}
