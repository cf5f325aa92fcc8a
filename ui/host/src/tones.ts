// The host app's store of brand tones: what a real host keeps for its user behind hooks.brandTone.
// It must give tones back exactly as it holds them: the AddOn reads their id only.
import type { HaAddonConfig } from "@addon-console/ha-addon";

const TONES = [
  { id: "harbour", name: "Harbour morning", description: "Warm, plain, a little salt in the voice." },
  { id: "ledger", name: "Ledger", description: "Short, factual, no adjectives." },
];

export function brandToneHook(): NonNullable<HaAddonConfig["hooks"]> {
  let selected = "";
  return {
    brandTone: {
      handler(resolve, reject, { action, data }) {
        if (action === "get") return resolve(TONES);
        if (action === "getSelected") return resolve(selected);
        if (action !== "saveSelected") return reject(new Error(`${action} is not offered here`));
        selected = typeof data === "string" ? data : "";
        resolve();
      },
    },
  };
}
