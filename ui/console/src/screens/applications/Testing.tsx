// Whether sessions of an application may provoke failures by header. Says what that permits before it is permitted.
import { useId } from "react";
import { useDesk } from "../../app/desk";
import { Switch } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ApplicationView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function Testing({ application }: { application: ApplicationView }) {
  const { t } = useMessages();
  const desk = useDesk();
  const id = useId();
  const mark = useAct("application_testing");
  const { id: which, name, testing } = application;
  const turn = () =>
    mark.mutate(
      { application: which, testing: !testing },
      { onSuccess: (now) => desk.say(t(now.testing ? "apps.testing.on" : "apps.testing.off", { name })) },
    );
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      aria-label={t("apps.testing")}
    >
      <div className={`${layout.row} ${layout.spread}`}>
        <h3>{t("apps.testing")}</h3>
        <Switch
          label={t("apps.testing")}
          data-testid="app-testing"
          aria-describedby={id}
          checked={testing}
          disabled={mark.isPending}
          onChange={turn}
        />
      </div>
      <p id={id} className="soft">
        {t("apps.testing.help")}
      </p>
      <Problem error={mark.error} />
    </section>
  );
}
