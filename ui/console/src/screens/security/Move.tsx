// Keeps the vault key elsewhere: in the system's keyring, or under a passphrase. Before the first key it only chooses.
import { useDesk } from "../../app/desk";
import { isNew } from "../../app/vault";
import { Button } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { VaultView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { LENGTH_MIN, NewPassphrase, usePassphrase } from "./NewPassphrase";

export type Target = "keyring" | "passphrase";

export function MoveDialog(props: { vault: VaultView; to: Target; onClose: () => void }) {
  const { t } = useMessages();
  const { vault, to, onClose } = props;
  const title =
    to === vault.custody ? t("move.passphrase.change") : t(`move.${to}`, { custody: t(`custody.${to}`) });
  return (
    <Dialog title={title} onClose={onClose}>
      {to === "keyring" ? <p>{t("move.keyring.body")}</p> : null}
      {to === "passphrase" ? <p>{t("move.passphrase.body")}</p> : null}
      {isNew(vault) ? null : <p className="soft">{t("move.kept")}</p>}
      {to === "keyring" ? (
        <ToKeyring onClose={onClose} />
      ) : (
        <ToPassphrase action={t("action.save")} onMoved={onClose} onClose={onClose} />
      )}
    </Dialog>
  );
}

function ToKeyring({ onClose }: { onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const move = useAct("vault_move");
  const moved = () => {
    desk.say(t("move.keyring.done"));
    onClose();
  };
  return (
    <>
      <Problem error={move.error} />
      <div className={`${layout.row} ${layout.end}`}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button
          look="primary"
          data-testid="move-confirm"
          disabled={move.isPending}
          onClick={() => move.mutate({}, { onSuccess: moved })}
        >
          {t("move.keyring.act")}
        </Button>
      </div>
    </>
  );
}

/** Also offered in the middle of saving a first key, where no keyring answers: it must lose nothing around it. */
export function ToPassphrase(props: { action: string; onMoved: () => void; onClose?: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const passphrase = usePassphrase();
  const move = useSecretAct("vault_move");
  const save = () => {
    if (move.isPending || !passphrase.ready()) return;
    move.act([passphrase.take()], ([id]) => (id ? { passphrase: id } : {}), {
      onSuccess: () => {
        desk.say(t("move.passphrase.done"));
        props.onMoved();
      },
      onError: () => passphrase.first.current?.focus(),
    });
  };
  return (
    <>
      <NewPassphrase passphrase={passphrase} onEnter={save} autoFocus />
      <Problem error={move.error} />
      <div className={`${layout.row} ${props.onClose ? layout.end : ""}`}>
        {props.onClose ? <Button onClick={props.onClose}>{t("action.cancel")}</Button> : null}
        <Button
          look="primary"
          data-testid="passphrase-save"
          disabled={passphrase.length < LENGTH_MIN || move.isPending}
          onClick={save}
        >
          {props.action}
        </Button>
        {move.isPending ? <span role="status">{t("move.busy")}…</span> : null}
      </div>
    </>
  );
}
