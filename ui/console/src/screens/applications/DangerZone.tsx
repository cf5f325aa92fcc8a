// What cannot be taken back: a new client secret, and deleting an application. Each says what it costs first.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, TextField } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ApplicationCreated, ApplicationView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";

interface Props {
  application: ApplicationView;
  onSecret: (created: ApplicationCreated) => void;
  onDeleted: () => void;
}

export function DangerZone({ application, onSecret, onDeleted }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const [asking, setAsking] = useState<"secret" | "delete" | null>(null);
  const [word, setWord] = useState("");
  const regenerate = useAct("application_secret");
  const remove = useAct("application_remove");
  const enable = useAct("application_enable");
  const { id, name, enabled } = application;
  const turn = () =>
    enable.mutate(
      { application: id, enabled: !enabled },
      { onSuccess: () => desk.say(t(enabled ? "apps.disabled" : "apps.enabled", { name })) },
    );
  const close = () => {
    setAsking(null);
    setWord("");
  };
  return (
    <div className={`${layout.card} ${layout.padded} ${layout.row} ${layout.form}`}>
      <Button onClick={() => setAsking("secret")}>{t("apps.regenerate")}</Button>
      <Button data-testid="app-enable" disabled={enable.isPending} onClick={turn}>
        {t(enabled ? "apps.disable" : "apps.enable")}
      </Button>
      <Button look="danger" data-testid="app-delete" onClick={() => setAsking("delete")}>
        {t("action.delete")}
      </Button>
      <Problem error={regenerate.error ?? enable.error ?? remove.error} />
      {asking === "secret" ? (
        <Confirm
          title={t("apps.regenerate")}
          action={t("apps.regenerate")}
          blocked={word !== name}
          onClose={close}
          onConfirm={() => regenerate.mutate({ application: id }, { onSuccess: onSecret, onSettled: close })}
        >
          <p>{t("apps.regenerate.body")}</p>
          <TextField label={t("apps.name")} value={word} onChange={(event) => setWord(event.target.value)} />
        </Confirm>
      ) : null}
      {asking === "delete" ? (
        <Confirm
          title={t("apps.delete.title", { name })}
          action={t("action.delete")}
          busy={remove.isPending}
          onClose={close}
          onConfirm={() =>
            remove.mutate(
              { application: id },
              {
                onSuccess: () => {
                  desk.say(t("apps.deleted", { name }));
                  onDeleted();
                },
                onSettled: close,
              },
            )
          }
        >
          <p>{t("apps.delete.body")}</p>
        </Confirm>
      ) : null}
    </div>
  );
}
