// The limits of the chosen application: how each stands, setting one, removing one. Shows pseudonyms, never a uid.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Failed, Problem, Waiting } from "../../components/states";
import type { LimitView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";
import { LimitForm } from "./LimitForm";
import { amount } from "./units";
import css from "./usage.module.css";

export function Limits() {
  const { t } = useMessages();
  const { application } = useDesk();
  const [adding, setAdding] = useState(false);
  const limits = useRead("limit_list", application && { application: application.id });
  if (!application) return null;
  if (limits.error) return <Failed error={limits.error} onRetry={() => void limits.refetch()} />;
  if (!limits.data) return <Waiting />;
  const { items } = limits.data;
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack}`}
      aria-label={t("limits.title")}
      data-testid="limits"
    >
      <div className={`${layout.row} ${layout.spread}`}>
        <h2>{t("limits.title")}</h2>
        {adding ? null : (
          <Button data-testid="limit-add" onClick={() => setAdding(true)}>
            {t("limits.add")}
          </Button>
        )}
      </div>
      <p className="soft">{t("limits.about")}</p>
      {adding ? <LimitForm application={application.id} onDone={() => setAdding(false)} /> : null}
      {items.length === 0 ? (
        <p>{t("limits.none")}</p>
      ) : (
        items.map((limit) => <Limit key={limit.id} limit={limit} />)
      )}
    </section>
  );
}

function Limit({ limit }: { limit: LimitView }) {
  const { t, language } = useMessages();
  const { used, held, assumed, left } = limit.standing;
  const shown = (value: number) => amount(limit.unit, value, language);
  const part = limit.amount > 0 ? Math.min(100, (100 * (used + held)) / limit.amount) : 100;
  const full = left === 0;
  const of = limit.addon ? addonName(t, limit.addon) : t("limits.every-call");
  const unit = limit.unit === "money" ? "" : t(`limits.unit.${limit.unit}`);
  const said = t("limits.used", { used: shown(used), amount: shown(limit.amount), unit }).replace(
    / {2,}/g,
    " ",
  );
  return (
    <div className={css.limit} data-testid="limit">
      <div className={`${layout.row} ${layout.spread}`}>
        <span>
          <strong>{of}</strong> · {limit.who ?? t(`limits.whose.${limit.whose}`)} ·{" "}
          {t(`limits.period.${limit.period}`)}
        </span>
        <span className={layout.row}>
          <Pill tone={full ? "bad" : "ok"}>
            {full ? t("limits.reached") : t("limits.left", { left: shown(left) })}
          </Pill>
          <Remove limit={limit} name={`${of}, ${said}`} />
        </span>
      </div>
      <div className={css.track} role="img" aria-label={said}>
        <span className={`${css.fill} ${full ? css.full : ""}`} style={{ inlineSize: `${part}%` }} />
      </div>
      <small className="soft">
        {said}
        {held > 0 ? ` · ${t("limits.held", { held: shown(held) })}` : ""}
        {limit.people_count > 0
          ? ` · ${t("limits.fullest", { count: limit.people_count, who: limit.standing.who ?? "" })}`
          : ""}
        {assumed > 0 ? ` · ${t("limits.assumed", { amount: shown(assumed) })}` : ""}
      </small>
    </div>
  );
}

function Remove({ limit, name }: { limit: LimitView; name: string }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const remove = useAct("limit_remove");
  return (
    <>
      <Button look="quiet" aria-label={`${t("limits.remove")}: ${name}`} onClick={() => setAsking(true)}>
        {t("limits.remove")}
      </Button>
      <Problem error={remove.error} />
      {asking ? (
        <Confirm
          title={name}
          action={t("limits.remove")}
          busy={remove.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            remove.mutate(
              { limit: limit.id },
              { onSuccess: () => desk.say(t("limits.removed")), onSettled: () => setAsking(false) },
            )
          }
        >
          <p>{t("limits.remove.body")}</p>
        </Confirm>
      ) : null}
    </>
  );
}
