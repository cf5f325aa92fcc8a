// The first run: three steps to a first answer, with no key. Shown while there is no application.
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import css from "./overview.module.css";

export function FirstRun() {
  const { t } = useMessages();
  const desk = useDesk();
  const prepare = useAct("demo_prepare");
  const open = useAct("preview_open");
  const sandbox = () =>
    prepare.mutate(
      {},
      {
        onSuccess: (application) => {
          desk.choose(application.id);
          open.mutate({ application: application.id }, { onSuccess: () => desk.say(t("preview.opened")) });
        },
      },
    );
  return (
    <section className={`${layout.card} ${css.first}`} aria-label={t("first.title")}>
      <div>
        <h2>{t("first.title")}</h2>
        <p className="soft">{t("first.body")}</p>
      </div>
      <ol className={css.steps}>
        {([1, 2, 3] as const).map((step) => (
          <li key={step}>
            <b aria-hidden>{step}</b>
            <h3>{t(`first.step${step}`)}</h3>
            <p className="soft">{t(`first.step${step}.body`)}</p>
          </li>
        ))}
      </ol>
      <div className={layout.row}>
        <Button look="primary" data-testid="first-run-sandbox" disabled={prepare.isPending} onClick={sandbox}>
          {t("first.sandbox")}
        </Button>
        <Button onClick={() => desk.go("applications", "add")}>{t("first.own")}</Button>
      </div>
      <Problem error={prepare.error ?? open.error} />
    </section>
  );
}
