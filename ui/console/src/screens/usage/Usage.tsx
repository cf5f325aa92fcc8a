// Usage: what does it cost? What calls used, by day, AddOn, provider or application, and the limits they keep to.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, SelectField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Empty, Failed, Problem, Waiting } from "../../components/states";
import type { UsageBy, UsageLine, UsageReport } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";
import { Bars } from "./Bars";
import { Limits } from "./Limits";
import { cost, type Measure, measures, number } from "./units";

const ways: UsageBy[] = ["day", "addon", "provider", "application"];
const spans = [7, 30, 90, 365];

export function Usage() {
  const [by, setBy] = useState<UsageBy>("day");
  const [days, setDays] = useState(30);
  const [measure, setMeasure] = useState<Measure>("tokens");
  const { t } = useMessages();
  const report = useRead("usage_list", { by, days });
  return (
    <div className={layout.stack}>
      <Limits />
      <section className={`${layout.card} ${layout.padded} ${layout.stack}`} aria-label={t("usage.title")}>
        <div className={`${layout.row} ${layout.spread}`}>
          <h2>{t("usage.title")}</h2>
          <Export days={days} />
        </div>
        <div className={layout.pair}>
          <SelectField
            label={t("usage.by")}
            data-testid="usage-by"
            value={by}
            onChange={(event) => setBy(event.target.value as UsageBy)}
          >
            {ways.map((way) => (
              <option key={way} value={way}>
                {t(`usage.by.${way}`)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("usage.days")}
            value={days}
            onChange={(event) => setDays(Number(event.target.value))}
          >
            {spans.map((span) => (
              <option key={span} value={span}>
                {t("usage.days.count", { days: span })}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("usage.show")}
            data-testid="usage-measure"
            value={measure}
            onChange={(event) => setMeasure(event.target.value as Measure)}
          >
            {measures.map((each) => (
              <option key={each} value={each}>
                {t(`usage.${each}`)}
              </option>
            ))}
          </SelectField>
        </div>
        {report.error ? (
          <Failed error={report.error} onRetry={() => void report.refetch()} />
        ) : report.data ? (
          <Report report={report.data} by={by} measure={measure} />
        ) : (
          <Waiting />
        )}
      </section>
    </div>
  );
}

function Export({ days }: { days: number }) {
  const { t } = useMessages();
  const desk = useDesk();
  const write = useAct("usage_export");
  return (
    <div className={layout.row}>
      <Problem error={write.error} />
      <Button
        data-testid="usage-export"
        disabled={write.isPending}
        onClick={() =>
          write.mutate(
            { days, save: true },
            { onSuccess: (file) => desk.say(t("usage.exported", { path: file.path ?? "" })) },
          )
        }
      >
        {t("usage.export")}
      </Button>
    </div>
  );
}

function Report({ report, by, measure }: { report: UsageReport; by: UsageBy; measure: Measure }) {
  const { t, language } = useMessages();
  if (report.items.length === 0) return <Empty>{t("usage.none")}</Empty>;
  const name = (line: UsageLine) => {
    if (line.key === "pass-through") return t("usage.pass-through");
    return by === "addon" ? addonName(t, line.key) : line.name;
  };
  const cells = (line: UsageLine) => (
    <>
      <td className="mono">{number(line.calls, language)}</td>
      <td className="mono">{number(line.prompt_tokens + line.completion_tokens, language)}</td>
      <td className="mono">{number(line.images, language)}</td>
      <td className="mono">{number(line.characters, language)}</td>
      <td className="mono">{cost(t, line, language)}</td>
    </>
  );
  return (
    <>
      <p className="soft">{t("usage.about", { date: report.prices_as_of })}</p>
      <Bars lines={report.items} measure={measure} name={name} />
      <div className={layout.scroll}>
        <table data-testid="usage-table">
          <thead>
            <tr>
              <th scope="col">{t(`usage.by.${by}`)}</th>
              {measures.map((each) => (
                <th key={each} scope="col">
                  {t(`usage.${each}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.items.map((line) => (
              <tr key={line.key}>
                <th scope="row">{name(line)}</th>
                {cells(line)}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("usage.total")}</th>
              {cells(report.total)}
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  );
}
