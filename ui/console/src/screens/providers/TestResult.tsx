// What a test came to: every stage with how it went, why it stopped and what to do, and what else was learned.
import { Check, CircleDashed, type LucideIcon, Minus, X } from "lucide-react";
import { Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { TestReport } from "../../ipc/generated";
import { causeWords, told, useMessages } from "../../messages";
import css from "./providers.module.css";
import { type StageState, stagesOf } from "./stages";

const icons: Record<StageState, LucideIcon> = {
  passed: Check,
  failed: X,
  unreached: Minus,
  unjudged: CircleDashed,
};

export function TestResult({ report, ...rest }: { report: TestReport; "data-testid"?: string }) {
  const { t } = useMessages();
  const { cause } = report;
  return (
    <div {...rest} className={css.report} data-ok={report.ok}>
      <p className={layout.row}>
        <Pill tone={report.ok ? "ok" : "bad"}>
          {report.ok ? t("providers.test.ok") : causeWords(t, cause ?? "internal")}
        </Pill>
        {cause ? <code className="soft">{cause}</code> : null}
      </p>
      {cause || report.stages.length === 0 ? <p>{told(t, report.message, "advice.")}</p> : null}
      {report.stages.length > 0 ? (
        <ol className={css.stages} aria-label={t("stage.label")} data-testid="test-stages">
          {stagesOf(report).map(({ stage, state }) => {
            const Icon = icons[state];
            return (
              <li key={stage} data-stage={stage} data-state={state}>
                <Icon aria-hidden />
                <strong>{t(`stage.${stage}`)}</strong>
                <small>{t(`stage.state.${state}`)}</small>
              </li>
            );
          })}
        </ol>
      ) : null}
      <Facts report={report} />
    </div>
  );
}

function Facts({ report }: { report: TestReport }) {
  const { t, language } = useMessages();
  const { first_byte_ms, left, through, retires_on, took_ms, at } = report;
  const facts = [
    first_byte_ms === null ? null : t("test.first-byte", { n: first_byte_ms }),
    t("test.took", { n: took_ms }),
    left === null ? null : t("test.left", { n: left.toLocaleString(language) }),
    through ? t("test.through", { proxy: through }) : null,
    retires_on ? t("test.retires", { day: retires_on }) : null,
    new Date(at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
  ];
  return <p className={css.facts}>{facts.filter(Boolean).join(" · ")}</p>;
}
