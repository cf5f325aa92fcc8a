// What a test came to, stage by stage: how far it got, why it stopped, what to do.
import { Check, Minus, X } from "lucide-react";
import { Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { Stage, TestReport } from "../../ipc/generated";
import { causeWords, useMessages, wording } from "../../messages";
import css from "./providers.module.css";

const stages: Stage[] = ["name", "tcp", "tls", "auth", "model", "capability", "quota", "first-byte"];

export function TestResult({ report }: { report: TestReport }) {
  const { t } = useMessages();
  const reached = new Map(report.stages.map((each) => [each.stage, each.cause]));
  return (
    <section
      className={layout.stack}
      role="status"
      data-testid="test-result"
      aria-label={t("providers.test.title")}
    >
      <p className={layout.row}>
        <Pill tone={report.ok ? "ok" : "bad"}>
          {report.ok ? t("providers.test.ok") : report.cause ? causeWords(t, report.cause) : "–"}
        </Pill>
        {report.cause ? wording(t, `fix.${report.cause}`, report.message) : report.message}
      </p>
      <ol className={css.stages}>
        {stages.map((stage) => {
          const cause = reached.get(stage);
          const state = cause === undefined ? "open" : cause === null ? "ok" : "bad";
          const Icon = { open: Minus, ok: Check, bad: X }[state];
          return (
            <li key={stage} data-state={state}>
              <Icon aria-hidden />
              {t(`stage.${stage}`)}
              <span className="unseen">{t(`stage.state.${state}`)}</span>
            </li>
          );
        })}
      </ol>
      <small className="soft">{facts(t, report).join(" · ")}</small>
    </section>
  );
}

function facts(t: ReturnType<typeof useMessages>["t"], report: TestReport): string[] {
  const { first_byte_ms, left, through, retires_on, cause } = report;
  return [
    cause ? t("providers.test.code", { code: cause }) : "",
    first_byte_ms === null ? "" : t("providers.test.first", { ms: first_byte_ms }),
    left === null ? "" : t("providers.test.left", { n: left }),
    through === null ? "" : t("providers.test.through", { proxy: through }),
    retires_on === null ? "" : t("providers.models.retires", { day: retires_on }),
    `${report.took_ms} ms`,
  ].filter(Boolean);
}
