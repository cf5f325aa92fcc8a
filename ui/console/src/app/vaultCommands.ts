// What the command palette offers of the vault: only what can be done as it stands. Whatever takes something away is
// asked about under Security.
import type { ApiError } from "../ipc/generated";
import { useAct } from "../ipc/queries";
import { sentence, useMessages } from "../messages";
import { useDesk } from "./desk";
import type { Command } from "./Palette";
import { useVault } from "./vault";

export function useVaultCommands(): Command[] {
  const { t } = useMessages();
  const desk = useDesk();
  const vault = useVault();
  const lock = useAct("vault_lock");
  const unlock = useAct("vault_unlock");
  const onError = (error: ApiError) => desk.say(sentence(t, error));
  const verify = {
    id: "vault-verify",
    text: t("palette.verify"),
    run: () => desk.go("security", "verify"),
  };
  switch (vault?.state) {
    case "open":
      return [
        { id: "vault-lock", text: t("palette.lock"), run: () => lock.mutate({}, { onError }) },
        { id: "vault-rotate", text: t("palette.rotate"), run: () => desk.go("security", "rotate") },
        { id: "vault-kit", text: t("palette.kit"), run: () => desk.go("security", "kit") },
        verify,
      ];
    case "locked":
    case "keyring-missing":
    case "key-missing": {
      const direct = vault.custody !== "passphrase" && vault.state !== "key-missing" && !vault.waiting;
      const run = () => (direct ? unlock.mutate({}, { onError }) : desk.go("security", "unlock"));
      return [{ id: "vault-unlock", text: t("palette.unlock"), run }, verify];
    }
    default:
      return [verify];
  }
}
