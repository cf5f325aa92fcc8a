// Shows a client secret, this once. It is forgotten when the dialog closes.
import { Button } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { CopyButton } from "../../components/states";
import type { ApplicationCreated } from "../../ipc/generated";
import { useMessages } from "../../messages";

export function SecretOnce({ created, onClose }: { created: ApplicationCreated; onClose: () => void }) {
  const { t } = useMessages();
  return (
    <Dialog title={created.name} onClose={onClose}>
      <p>{t("apps.secret.once")}</p>
      {[
        { label: t("apps.client-id"), text: created.client_id, id: "client-id" },
        { label: t("apps.secret"), text: created.client_secret, id: "client-secret" },
      ].map((row) => (
        <div key={row.id} className={layout.stack}>
          <strong>{row.label}</strong>
          <code className={layout.secret} data-testid={row.id}>
            {row.text}
          </code>
          <div>
            <CopyButton text={row.text} label={t("action.copy")} />
          </div>
        </div>
      ))}
      <div className={`${layout.row} ${layout.end}`}>
        <Button look="primary" data-testid="secret-close" onClick={onClose}>
          {t("action.close")}
        </Button>
      </div>
    </Dialog>
  );
}
