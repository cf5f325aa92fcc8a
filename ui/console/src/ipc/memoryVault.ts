// What the vault and the audit chain in memory answer: enough of the real one's rules to look at every state. Seals nothing.
import type { AuditEntryView, Event, Topic, VaultView } from "./generated";
import { type Answers, failure, type Memory } from "./memory";

export function vaultAnswersOf(
  memory: Memory,
  changed: (...topics: Topic[]) => void,
  tell: (event: Event) => void,
): Answers {
  const put = (changes: Partial<VaultView>) => {
    const vault = { ...memory.overview.vault, ...changes };
    memory.overview = { ...memory.overview, vault };
    tell({ type: "vault", vault });
    return vault;
  };
  const wrote = (act: AuditEntryView["act"]) => {
    const seq = (memory.audit[0]?.seq ?? 0) + 1;
    const entry = {
      seq,
      at: Date.now(),
      act,
      by: "window",
      record: null,
      name: null,
      seal: "sealed",
    } as const;
    memory.audit = [entry, ...memory.audit];
    changed("audit");
  };
  return {
    vault_status: () => memory.overview.vault,
    vault_unlock: () => put({ state: "open", waiting: false }),
    vault_lock: () => put({ state: "locked" }),
    vault_lock_policy: (lock_policy) => put({ lock_policy }),
    vault_rotate: () => {
      wrote("vault-rotated");
      return put({ key_version: (memory.overview.vault.key_version ?? 0) + 1 });
    },
    vault_move: ({ passphrase }) => {
      wrote("vault-moved");
      return put({ custody: passphrase ? "passphrase" : "keyring" });
    },
    vault_recover: ({ passphrase }) => {
      wrote("vault-recovered");
      return put({ state: "open", waiting: false, ...(passphrase ? { custody: "passphrase" } : {}) });
    },
    kit_make: ({ folder = "/home/ada/Downloads" }) => {
      wrote("kit-made");
      put({ kit_made: Date.now() });
      const name = `${folder}/addon-console-recovery-kit`;
      return { page: `${name}.html`, text: `${name}.txt` };
    },
    kit_open: () => ({}),
    kit_forget: () => ({}),
    kit_check: () => ({}),
    audit_list: ({ limit, before = Number.POSITIVE_INFINITY }) => ({
      items: memory.audit.filter((entry) => entry.seq < before).slice(0, limit),
    }),
    audit_verify: () => {
      if (memory.overview.vault.state !== "open") return Promise.reject<never>(failure("vault-locked"));
      const sealed = memory.audit.filter((entry) => entry.seal === "sealed").length;
      return { ok: true, entries: memory.audit.length, sealed, broken: null };
    },
  };
}
