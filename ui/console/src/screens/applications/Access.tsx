// Who may use an application beside its allowed pages with a token from its back end: pages that log in by
// themselves, and programs. Says what each permits before it is permitted; decides nothing itself.
import { useId } from "react";
import { useDesk } from "../../app/desk";
import { Switch } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ApplicationView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";

type Way = "bee_auth" | "programs";

export function Access({ application }: { application: ApplicationView }) {
  const { t } = useMessages();
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      aria-label={t("apps.access")}
    >
      <h3>{t("apps.access")}</h3>
      <Turn application={application} way="bee_auth" />
      <Turn application={application} way="programs" />
    </section>
  );
}

function Turn({ application, way }: { application: ApplicationView; way: Way }) {
  const { t } = useMessages();
  const desk = useDesk();
  const id = useId();
  const set = useAct("application_access");
  const { id: which, name, bee_auth, programs } = application;
  const turn = () =>
    set.mutate(
      { application: which, bee_auth, programs, [way]: !application[way] },
      { onSuccess: (now) => desk.say(t(`apps.access.${way}.${now[way] ? "on" : "off"}`, { name })) },
    );
  return (
    <div>
      <div className={`${layout.row} ${layout.spread}`}>
        <span aria-hidden="true">{t(`apps.access.${way}`)}</span>
        <Switch
          label={t(`apps.access.${way}`)}
          data-testid={`app-${way.replace("_", "-")}`}
          aria-describedby={id}
          checked={application[way]}
          disabled={set.isPending}
          onChange={turn}
        />
      </div>
      <p id={id} className="soft">
        {t(`apps.access.${way}.help`)}
      </p>
      <Problem error={set.error} />
    </div>
  );
}
