// Gets the vault key back with the recovery kit's code, typed here and nowhere shown. Makes no new key.
import { useRef, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Check } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { SecretField } from "../../components/SecretField";
import { Problem } from "../../components/states";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { LENGTH_MIN, NewPassphrase, usePassphrase } from "./NewPassphrase";

interface Props {
  /** No keyring answers, or a passphrase keeps the vault key anyway: there must be one. */
  needsPassphrase: boolean;
  autoFocus?: boolean;
}

export function Recover({ needsPassphrase, autoFocus = false }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const code = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const [wanted, setWanted] = useState(false);
  const passphrase = usePassphrase();
  const recover = useSecretAct("vault_recover");
  const keep = needsPassphrase || wanted;
  const ready = length > 0 && (!keep || passphrase.length >= LENGTH_MIN);
  const act = () => {
    if (!ready || recover.isPending || (keep && !passphrase.ready())) return;
    const fields = [code.current, ...(keep ? [passphrase.take()] : [])];
    setLength(0);
    recover.act(
      fields,
      ([first = "", second]) => ({ code: first, ...(second ? { passphrase: second } : {}) }),
      {
        onSuccess: () => desk.say(t("recover.done")),
        onError: () => code.current?.focus(),
      },
    );
  };
  return (
    <section className={layout.stack} aria-label={t("recover.act")} data-testid="recover">
      <SecretField
        label={t("recover.code")}
        help={t("recover.code.help")}
        data-testid="recover-code"
        field={code}
        autoFocus={autoFocus}
        onLength={setLength}
        onEnter={act}
      />
      {needsPassphrase ? (
        <p className="soft">{t("recover.passphrase.needed")}</p>
      ) : (
        <Check
          label={t("recover.passphrase")}
          data-testid="recover-with-passphrase"
          checked={wanted}
          onChange={(event) => setWanted(event.target.checked)}
        />
      )}
      {keep ? <NewPassphrase passphrase={passphrase} onEnter={act} /> : null}
      <Problem error={recover.error} />
      <div className={layout.row}>
        <Button look="primary" data-testid="recover-act" disabled={!ready || recover.isPending} onClick={act}>
          {t("recover.act")}
        </Button>
        {recover.isPending ? <span role="status">{t("unlock.busy")}…</span> : null}
      </div>
    </section>
  );
}
