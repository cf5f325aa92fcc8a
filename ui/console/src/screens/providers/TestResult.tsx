// What a test of a key came to: what was reached, why it stopped.
import { Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { TestReport } from "../../ipc/generated";
import { causeWords, useMessages } from "../../messages";

export function TestResult({ report }: { report: TestReport }) {
  const { t } = useMessages();
  return (
    <p className={layout.row} role="status" data-testid="test-result">
      <Pill tone={report.ok ? "ok" : "bad"}>
        {report.ok ? t("providers.test.ok") : report.cause ? causeWords(t, report.cause) : "–"}
      </Pill>
      {report.message} <span className="mono">{report.took_ms} ms</span>
    </p>
  );
}
