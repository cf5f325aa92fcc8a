// Opens the vault, right where it is wanted: a button where the keyring keeps its key, a field where a passphrase does.
import { useRef, useState } from "react";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { SecretField } from "../../components/SecretField";
import { Problem } from "../../components/states";
import type { VaultView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";

export function Unlock({ vault, autoFocus = false }: { vault: VaultView; autoFocus?: boolean }) {
  return vault.custody === "passphrase" ? (
    <ByPassphrase autoFocus={autoFocus} />
  ) : (
    <ByCustody vault={vault} />
  );
}

function ByPassphrase({ autoFocus }: { autoFocus: boolean }) {
  const { t } = useMessages();
  const field = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const unlock = useSecretAct("vault_unlock");
  const open = () => {
    if (!field.current?.value || unlock.isPending) return;
    setLength(0);
    unlock.act([field.current], ([passphrase]) => (passphrase ? { passphrase } : {}), {
      onError: () => field.current?.focus(),
    });
  };
  return (
    <div className={layout.stack}>
      <SecretField
        label={t("unlock.passphrase")}
        data-testid="unlock-passphrase"
        field={field}
        autoFocus={autoFocus}
        onLength={setLength}
        onEnter={open}
      />
      <div className={layout.row}>
        <Button
          look="primary"
          data-testid="unlock"
          disabled={length === 0 || unlock.isPending}
          onClick={open}
        >
          {t("unlock.act")}
        </Button>
        <span role="status" className="soft">
          {unlock.isPending ? `${t("unlock.busy")}…` : ""}
        </span>
      </div>
      <Problem error={unlock.error} />
    </div>
  );
}

/** Asks the keyring, or reads the key file again. */
function ByCustody({ vault }: { vault: VaultView }) {
  const { t } = useMessages();
  const unlock = useAct("vault_unlock");
  const again = vault.state !== "locked";
  return (
    <>
      <Button
        look="primary"
        data-testid="unlock"
        disabled={unlock.isPending || vault.waiting}
        onClick={() => unlock.mutate({})}
      >
        {t(again ? "action.retry" : "unlock.act")}
      </Button>
      <Problem error={unlock.error} />
    </>
  );
}
