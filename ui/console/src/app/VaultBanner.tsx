// Says when keys cannot be used and why, with the one act that leads out. Silent while all is well, and about what a
// moment may settle by itself. The whole story is told under Security.
import { useEffect, useState } from "react";
import { Button } from "../components/controls";
import tones from "../components/controls.module.css";
import css from "../components/layout.module.css";
import type { VaultView } from "../ipc/generated";
import { useAct } from "../ipc/queries";
import { sentence, useMessages } from "../messages";
import { useDesk } from "./desk";
import { useVault } from "./vault";

/** A keyring that is open answers sooner. */
const PATIENCE_MS = 700;

export function VaultBanner() {
  const vault = useVault();
  const waited = useWaited(vault?.waiting ?? false);
  if (!vault || vault.state === "open" || vault.state === "empty") return null;
  if (vault.waiting) return waited ? <Notice vault={vault} word="waiting" /> : null;
  return <Notice vault={vault} word={vault.state} />;
}

type Word = Exclude<VaultView["state"], "open" | "empty"> | "waiting";

function Notice({ vault, word }: { vault: VaultView; word: Word }) {
  const { t } = useMessages();
  const desk = useDesk();
  const unlock = useAct("vault_unlock");
  const there = () => desk.go("security", "unlock");
  const direct = word === "keyring-missing" || (word === "locked" && vault.custody !== "passphrase");
  return (
    <section
      className={`${css.notice} ${word === "damaged" ? tones.bad : word === "waiting" ? tones.info : tones.warn}`}
      data-testid="vault-banner"
      role={word === "waiting" ? "status" : "alert"}
    >
      <p>
        <strong>{t(`vault.${word}.title`)}.</strong> {t(`vault.${word}.body`)}
      </p>
      {direct ? (
        <Button
          data-testid="vault-act"
          disabled={unlock.isPending}
          onClick={() => unlock.mutate({}, { onError: (error) => desk.say(sentence(t, error)) })}
        >
          {t(`vault.${word}.act`)}
        </Button>
      ) : null}
      {direct || word === "waiting" ? (
        <Button look="quiet" data-testid="vault-more" onClick={() => desk.go("security")}>
          {t("nav.security")}
        </Button>
      ) : (
        <Button data-testid="vault-act" onClick={there}>
          {t(`vault.${word}.act`)}
        </Button>
      )}
    </section>
  );
}

function useWaited(waiting: boolean): boolean {
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setWaited(false);
    };
  }, [waiting]);
  return waited;
}
