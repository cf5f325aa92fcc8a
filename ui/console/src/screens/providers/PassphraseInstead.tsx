// In the middle of saving the first key, where no keyring answers: the vault key may be kept under a passphrase, and the
// saving goes on. The staged key waits in the back end; nothing of the form is lost.
import { useMessages } from "../../messages";
import { ToPassphrase } from "../security/Move";
import css from "./providers.module.css";

export function PassphraseInstead({ onMoved }: { onMoved: () => void }) {
  const { t } = useMessages();
  return (
    <section
      className={css.instead}
      aria-label={t("providers.instead.title")}
      data-testid="passphrase-instead"
    >
      <div role="alert">
        <h3>{t("providers.instead.title")}</h3>
        <p>{t("providers.instead.body")}</p>
      </div>
      <ToPassphrase action={t("providers.instead.act")} onMoved={onMoved} />
    </section>
  );
}
