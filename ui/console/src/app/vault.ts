// How the vault stands, for every screen: its state, and why keys cannot be used when they cannot. Acts on nothing.
import type { CustodyState, VaultView } from "../ipc/generated";
import { useRead } from "../ipc/queries";
import { isKey, type MessageKey } from "../messages";

/** As the back end last said; `null` before it has. */
export function useVault(): VaultView | null {
  return useRead("vault_status", {}).data ?? null;
}

const shut: CustodyState[] = ["locked", "keyring-missing", "key-missing"];

/** Why no key can be used now, in a sentence; `null` while keys can be used, or the first one can be saved. */
export function whyShut(vault: VaultView | null): MessageKey | null {
  if (!vault || !shut.includes(vault.state)) return null;
  if (vault.waiting) return "vault.why.waiting";
  return ofFile(vault, `vault.why.${vault.state as "locked" | "keyring-missing" | "key-missing"}`);
}

/** Nothing was ever sealed: where the vault key will be kept can still be chosen freely. */
export const isNew = (vault: VaultView): boolean => vault.key_version === null;

/** The same text where a file keeps the vault key and no keyring is meant; `key` where one text says both. */
export function ofFile(vault: VaultView, key: MessageKey): MessageKey {
  const other = `${key}.file`;
  return (vault.custody === "key-file" || vault.custody === "credentials") && isKey(other) ? other : key;
}
