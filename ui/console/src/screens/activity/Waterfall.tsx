// One call's time, span under span, and the same as a table's cells: who cannot see the bars reads the figures.
import type { Activity } from "../../ipc/generated";
import { useMessages } from "../../messages";
import { duration } from "../overview/flow";
import css from "./activity.module.css";
import { nameOf, type Span, spansOf, stoppedIn } from "./waterfall";

/** The drawing's own units. */
const WIDTH = 1000;

function Bar({ span, total, y, height }: { span: Span; total: number; y: number; height: number }) {
  const x = (span.from / total) * WIDTH;
  // What took no time worth drawing is still there.
  const width = Math.max(4, (span.us / total) * WIDTH);
  return (
    <rect data-span={span.id} x={Math.min(x, WIDTH - width)} y={y} width={width} height={height} rx="1" />
  );
}

/** All spans on one line, for a row of the table; its figures stand in the row's other cells and in the details. */
export function MiniWaterfall({ call }: { call: Activity }) {
  const total = Math.max(1, call.timings.total_us);
  return (
    <svg className={css.mini} viewBox={`0 0 ${WIDTH} 8`} preserveAspectRatio="none" aria-hidden="true">
      {spansOf(call).map((span) => (
        <Bar key={span.id} span={span} total={total} y={0} height={8} />
      ))}
    </svg>
  );
}

export function Waterfall({ call }: { call: Activity }) {
  const { t } = useMessages();
  const total = Math.max(1, call.timings.total_us);
  const stopped = stoppedIn(call);
  return (
    <table className={css.fall} data-testid="waterfall">
      <caption>{t("fall.title")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("fall.phase")}</th>
          <th scope="col">{t("fall.start")}</th>
          <th scope="col">{t("fall.length")}</th>
          <th scope="col" className={css.drawn}>
            <span className={css.unseen}>{t("fall.drawn")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {spansOf(call).map((span) => (
          <tr key={span.id} data-testid={`fall-${span.id}`}>
            <th scope="row">
              <i data-span={span.id} aria-hidden />
              {t(nameOf(call, span))}
              {stopped === span.id ? <em> {t("fall.stopped")}</em> : null}
            </th>
            <td className="mono">{duration(span.from)}</td>
            <td className="mono">{duration(span.us)}</td>
            <td className={css.drawn}>
              <svg viewBox={`0 0 ${WIDTH} 10`} preserveAspectRatio="none" aria-hidden="true">
                <Bar span={span} total={total} y={0} height={10} />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("table.total")}</th>
          <td className="mono">–</td>
          <td className="mono" data-testid="fall-total">
            {duration(call.timings.total_us)}
          </td>
          <td className={css.drawn} />
        </tr>
      </tfoot>
    </table>
  );
}
