// A vault in use and its audit chain, for the back end in memory. Never in the window.
import type { Act, AuditEntryView, DamagedRecord, VaultView } from "../generated";

export const vault: VaultView = {
  state: "open",
  custody: "keyring",
  waiting: false,
  key_version: 2,
  unfinished: false,
  kit_made: 1_789_500_000_000,
  damaged: [],
  lock_policy: { idle_minutes: 15, on_suspend: true },
};

export const damaged: DamagedRecord[] = [{ provider: "p-2", name: "Claude" }];

const acts: [Act, string | null, string | null][] = [
  ["provider-changed", "p-2", "Claude"],
  ["key-replaced", "p-2", "Claude"],
  ["addon-changed", null, null],
  ["provider-removed", "7d0e4a52-58a1-4a0c-9a38-5b1f0c2d3e4f", null],
  ["setting-changed", null, null],
  ["provider-off", "p-6", "DeepL Pro"],
];

/** More than are shown at once, newest first; the newest was written while the vault was locked. */
export const audit: AuditEntryView[] = Array.from({ length: 120 }, (_, place) => {
  const [act, record, name] = acts[place % acts.length] ?? ["setting-changed", null, null];
  const seq = 120 - place;
  return {
    ...{ seq, at: 1_790_000_000_000 - place * 3_700_000, record, name },
    act: seq === 1 ? "vault-made" : act,
    by:
      place % 5 === 4 ? "command-line" : act === "key-replaced" ? "window" : place % 3 ? "window" : "console",
    seal: place === 0 ? "pending" : "sealed",
  };
});
