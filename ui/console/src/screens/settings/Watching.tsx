// How much activity is kept, and whether the proxy tells metrics.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Switch, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { CopyButton, Failed, Problem, Waiting } from "../../components/states";
import type { Retention } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";

const bounds: Record<keyof Retention, [number, number]> = {
  rows: [1_000, 1_000_000],
  days: [1, 3_650],
  megabytes: [8, 1_024],
};
const names = ["rows", "days", "megabytes"] as const;

export function Watching() {
  const { t } = useMessages();
  const state = useRead("activity_state", {});
  if (state.error) return <Failed error={state.error} onRetry={() => void state.refetch()} />;
  if (!state.data) return <Waiting />;
  const { retention } = state.data;
  return (
    <section className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}>
      <div>
        <h2>{t("watch.title")}</h2>
        <p className="soft">{t("watch.about")}</p>
      </div>
      <Limits key={JSON.stringify(retention)} retention={retention} />
      <Metrics />
    </section>
  );
}

function Limits({ retention }: { retention: Retention }) {
  const { t, language } = useMessages();
  const desk = useDesk();
  const act = useAct("activity_retention");
  const [typed, setTyped] = useState({
    ...{ rows: String(retention.rows), days: String(retention.days), megabytes: String(retention.megabytes) },
  });
  const [wrong, setWrong] = useState<(keyof Retention)[]>([]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const bad = names.filter((name) => !within(typed[name], bounds[name]));
    setWrong(bad);
    if (bad.length > 0) return;
    const wanted = { rows: Number(typed.rows), days: Number(typed.days), megabytes: Number(typed.megabytes) };
    act.mutate(wanted, {
      onSuccess: ({ rows }) => desk.say(t("watch.saved", { rows: rows.toLocaleString(language) })),
    });
  };
  return (
    <form className={layout.stack} onSubmit={save}>
      <div className={layout.pair}>
        {names.map((name) => (
          <TextField
            key={name}
            label={t(`watch.${name}`)}
            help={t(`watch.${name}.help`)}
            invalid={wrong.includes(name) ? `${t("watch.invalid")} ${t(`watch.${name}.help`)}` : undefined}
            inputMode="numeric"
            data-testid={`watch-${name}`}
            value={typed[name]}
            onChange={(event) => setTyped({ ...typed, [name]: event.target.value.trim() })}
          />
        ))}
      </div>
      <Problem error={act.error} />
      <div className={layout.row}>
        <Button type="submit" look="primary" data-testid="watch-save" disabled={act.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}

function within(text: string, [least, most]: [number, number]): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function Metrics() {
  const { t } = useMessages();
  const metrics = useRead("metrics_get", {});
  const act = useAct("metrics_set");
  const { on = false, url } = metrics.data ?? {};
  return (
    <div className={layout.stack}>
      <div className={`${layout.row} ${layout.spread}`}>
        <h3>{t("watch.metrics")}</h3>
        <Switch
          label={t("watch.metrics")}
          checked={on}
          disabled={!metrics.data || act.isPending}
          data-testid="watch-metrics"
          onChange={(event) => act.mutate({ on: event.target.checked })}
        />
      </div>
      <p className="soft">{t("watch.metrics.about")}</p>
      {url ? (
        <div className={layout.row} data-testid="watch-metrics-url">
          <code>{url}</code>
          <CopyButton text={url} label={t("watch.metrics.copy")} />
        </div>
      ) : null}
      <Problem error={metrics.error ?? act.error} />
    </div>
  );
}
