// Says when keys cannot be used and why, with the one act that leads out. Silent while all is well, and about what a
// moment may settle by itself. The whole story is told under Security.
import { Button } from "../components/controls";
import tones from "../components/controls.module.css";
import css from "../components/layout.module.css";
import { useLate } from "../components/useLate";
import type { VaultView } from "../ipc/generated";
import { useAct } from "../ipc/queries";
import { sentence, useMessages } from "../messages";
import { useDesk } from "./desk";
import { ofFile, useVault } from "./vault";

/** Right after the start every vault is locked: what its custody answers in a moment is not worth a flicker. */
export function VaultBanner({ silent }: { silent: boolean }) {
  const vault = useVault();
  const started = useLate(true);
  if (silent || !vault || vault.state === "open" || vault.state === "empty") return null;
  if (vault.waiting) return <Notice vault={vault} word="waiting" />;
  return vault.state === "locked" && !started ? null : <Notice vault={vault} word={vault.state} />;
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
        <strong>{t(ofFile(vault, `vault.${word}.title`))}.</strong> {t(ofFile(vault, `vault.${word}.body`))}
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
