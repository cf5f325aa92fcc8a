// Says when keys cannot be used, why, and the way out. Silent while all is well.
import { Button } from "../components/controls";
import tones from "../components/controls.module.css";
import css from "../components/layout.module.css";
import { useAct, useRead } from "../ipc/queries";
import { useMessages } from "../messages";

export function VaultBanner() {
  const { t } = useMessages();
  const state = useRead("overview", {}).data?.vault.state;
  const unlock = useAct("vault_unlock");
  if (!state || state === "open" || state === "empty") return null;
  return (
    <section
      className={`${css.notice} ${state === "damaged" ? tones.bad : tones.warn}`}
      data-testid="vault-banner"
      role="alert"
    >
      <p>
        <strong>{t(`vault.${state}.title`)}.</strong> {t(`vault.${state}.body`)}
      </p>
      <Button onClick={() => unlock.mutate({})} disabled={unlock.isPending}>
        {t("action.retry")}
      </Button>
    </section>
  );
}
