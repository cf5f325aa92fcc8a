// One measure of each line as bars, longest first in length only: order is the report's. The table beside says the same
// in numbers, so the picture carries no information by colour.
import type { UsageLine } from "../../ipc/generated";
import { useMessages } from "../../messages";
import { cost, type Measure, measured, number } from "./units";
import css from "./usage.module.css";

export function Bars({
  lines,
  measure,
  name,
}: {
  lines: UsageLine[];
  measure: Measure;
  name: (line: UsageLine) => string;
}) {
  const { t, language } = useMessages();
  const most = Math.max(1, ...lines.map((line) => measured(line, measure)));
  const value = (line: UsageLine) =>
    measure === "cost" ? cost(t, line, language) : number(measured(line, measure), language);
  const values = lines.map((line) => `${name(line)} ${value(line)}`).join(", ");
  return (
    <div
      className={css.bars}
      role="img"
      aria-label={t("usage.chart", { what: t(`usage.${measure}`), values })}
      data-testid="usage-chart"
    >
      {lines.map((line) => (
        <div key={line.key} className={css.bar}>
          <span className={css.name}>{name(line)}</span>
          <span className={css.track}>
            <span className={css.fill} style={{ inlineSize: `${(100 * measured(line, measure)) / most}%` }} />
          </span>
          <span className="mono">{value(line)}</span>
        </div>
      ))}
    </div>
  );
}
