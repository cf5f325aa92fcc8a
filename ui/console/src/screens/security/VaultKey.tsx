// The vault key: what keeps it, how it stands, its version; lock, rotate, keep it elsewhere.
import { Lock, RotateCw } from "lucide-react";
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { isNew } from "../../app/vault";
import { Button, Pill, type Tone } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import { useHeading } from "../../components/useHeading";
import type { CustodyState, VaultView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { sentence, useMessages } from "../../messages";
import { MoveDialog, type Target } from "./Move";
import css from "./security.module.css";

const tones: Record<CustodyState, Tone> = {
  empty: "neutral",
  open: "ok",
  locked: "warn",
  "keyring-missing": "warn",
  "key-missing": "bad",
  damaged: "bad",
};

export function VaultKey({ vault, rotateAtOnce }: { vault: VaultView; rotateAtOnce: boolean }) {
  const { t } = useMessages();
  const desk = useDesk();
  const open = vault.state === "open";
  const heading = useHeading(vault.state);
  const [rotating, setRotating] = useState(rotateAtOnce && open);
  const [moving, setMoving] = useState<Target | null>(null);
  const lock = useAct("vault_lock");
  const { custody } = vault;
  const movable = open || isNew(vault);
  const targets: Target[] = custody === "keyring" ? ["passphrase"] : ["keyring", "passphrase"];
  return (
    <section
      className={`${layout.card} ${css.card}`}
      aria-label={t("vaultkey.title")}
      data-testid="vault-key"
    >
      <div className={`${layout.row} ${layout.spread}`}>
        <h2 {...heading}>{t("vaultkey.title")}</h2>
        <Pill tone={vault.waiting ? "info" : tones[vault.state]} data-testid="vault-pill">
          {t(vault.waiting ? "state.waiting" : `state.${vault.state}`)}
        </Pill>
      </div>
      <p className="soft">{t("vaultkey.about")}</p>
      <dl className={css.facts}>
        <dt>{t(isNew(vault) ? "vaultkey.will-be-kept" : "vaultkey.kept")}</dt>
        <dd data-testid="vault-custody">
          {t(`custody.${custody}`)}
          <small>{t(`custody.${custody}.means`)}</small>
        </dd>
        <dt>{t("vaultkey.state")}</dt>
        <dd>{t(vault.waiting ? "state.waiting.means" : `state.${vault.state}.means`)}</dd>
        <dt>{t("vaultkey.version")}</dt>
        <dd data-testid="vault-version">
          {vault.key_version === null ? (
            t("vaultkey.version.none")
          ) : (
            <span className="mono">master-v{vault.key_version}</span>
          )}
          {vault.unfinished ? <small>{t("vaultkey.unfinished")}</small> : null}
        </dd>
      </dl>
      <div className={layout.row}>
        {open ? (
          <>
            <Button
              data-testid="vault-lock"
              disabled={lock.isPending}
              onClick={() => lock.mutate({}, { onError: (error) => desk.say(sentence(t, error)) })}
            >
              <Lock aria-hidden />
              {t("vaultkey.lock")}
            </Button>
            <Button data-testid="vault-rotate" onClick={() => setRotating(true)}>
              <RotateCw aria-hidden />
              {t("rotate.open")}
            </Button>
          </>
        ) : null}
        {movable
          ? targets.map((to) => (
              <Button key={to} data-testid={`vault-move-${to}`} onClick={() => setMoving(to)}>
                {t(to === custody ? "move.passphrase.change" : `move.${to}`)}
              </Button>
            ))
          : null}
      </div>
      {open || isNew(vault) ? null : <p className="soft">{t("vaultkey.shut")}</p>}
      {rotating ? <Rotate onClose={() => setRotating(false)} /> : null}
      {moving ? <MoveDialog vault={vault} to={moving} onClose={() => setMoving(null)} /> : null}
    </section>
  );
}

/** Names what happens before it does. */
function Rotate({ onClose }: { onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const rotate = useAct("vault_rotate");
  const turned = (vault: VaultView) => {
    desk.say(t("rotate.done", { n: vault.key_version ?? 0 }));
    onClose();
  };
  return (
    <Confirm
      title={t("rotate.title")}
      action={t("rotate.act")}
      look="primary"
      busy={rotate.isPending}
      onClose={onClose}
      onConfirm={() => rotate.mutate({}, { onSuccess: turned })}
    >
      <ul className={css.hints}>
        {(["new", "keys", "backups", "kit"] as const).map((each) => (
          <li key={each}>{t(`rotate.${each}`)}</li>
        ))}
      </ul>
      <p role="status">{rotate.isPending ? `${t("rotate.busy")}…` : ""}</p>
      <Problem error={rotate.error} />
    </Confirm>
  );
}
