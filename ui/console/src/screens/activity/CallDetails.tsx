// One call, with all that is kept of it: its time span by span, and the figures.
import type { ReactNode } from "react";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { CopyButton } from "../../components/states";
import type { Activity, Fault } from "../../ipc/generated";
import { causeWords, type Translate, useMessages } from "../../messages";
import { faultTitle } from "../faults/words";
import { asked, tries, units } from "../overview/calls";
import { byTape } from "../tapes/TapePill";
import css from "./activity.module.css";
import { curl } from "./curl";
import { Waterfall } from "./Waterfall";

export function CallDetails(props: { call: Activity; provider: string; base: string; onClose: () => void }) {
  const { t, language } = useMessages();
  const { call } = props;
  const line = curl(call, props.base);
  const facts: [string, ReactNode][] = [
    [t("table.when"), new Date(call.at).toLocaleString(language, { hourCycle: "h23" })],
    [t("table.provider"), [props.provider, call.model].filter(Boolean).join(" · ")],
    [t("table.result"), [call.status, call.cause && causeWords(t, call.cause)].filter(Boolean).join(" ")],
    ...(call.fault ? [provoked(t, call.fault)] : []),
    ...(byTape(call) ? [taped(t)] : []),
    [t("activity.upstream"), call.upstream_status ?? "–"],
    [t("table.units"), units(t, call, language) || "–"],
    [t("activity.attempts"), tries(t, call) ?? call.attempts],
    [t("activity.id"), <code key="id">{call.id}</code>],
  ];
  return (
    <aside
      className={`${layout.card} ${css.details}`}
      aria-label={t("activity.call")}
      data-testid="call-details"
    >
      <header className={`${layout.row} ${layout.spread}`}>
        <h2>{asked(t, call)}</h2>
        <Button look="quiet" onClick={props.onClose}>
          {t("action.close")}
        </Button>
      </header>
      <Waterfall call={call} />
      <dl className={css.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {line ? (
        <div className={layout.row}>
          <CopyButton text={line} label={t("activity.curl")} />
          <small className="soft">{t("activity.curl.help")}</small>
        </div>
      ) : null}
    </aside>
  );
}

function provoked(t: Translate, fault: Fault): [string, ReactNode] {
  const words = (
    <span key="fault" data-testid="call-fault">
      {faultTitle(t, fault)} <code>{fault}</code>
    </span>
  );
  return [t("fault.call"), words];
}

function taped(t: Translate): [string, ReactNode] {
  const words = (
    <span key="tape" data-testid="call-tape">
      {t("tapes.call.body")}
    </span>
  );
  return [t("tapes.call"), words];
}
