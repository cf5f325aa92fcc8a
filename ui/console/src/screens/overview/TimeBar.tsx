// Where a call's time went: a bar and its figures. The figures say all that the bar shows.
import type { Activity } from "../../ipc/generated";
import { useMessages } from "../../messages";
import { tries, units } from "./calls";
import { duration, spans } from "./flow";
import css from "./overview.module.css";

export function TimeBar({ call, reason }: { call: Activity; reason: string | null }) {
  const { t, language } = useMessages();
  const parts = spans(call).filter((span) => span.us > 0);
  const all = parts.reduce((sum, span) => sum + span.us, 0) || 1;
  let from = 0;
  return (
    <>
      <svg className={css.bar} viewBox="0 0 1000 7" preserveAspectRatio="none" aria-hidden>
        <title>{t("table.total")}</title>
        {parts.map((span) => {
          const width = (span.us / all) * 1000;
          const x = from;
          from += width;
          return (
            <rect key={span.id} className={css[span.id]} x={x} width={Math.max(1, width - 1)} height="7" />
          );
        })}
      </svg>
      <div className={css.legend}>
        {parts.map((span) => (
          <span key={span.id}>
            <i data-span={span.id} />
            {t(`bar.${span.id}`)} <b>{duration(span.us)}</b>
          </span>
        ))}
        <p>
          {[
            reason ? t("overview.failed", { reason }) : null,
            tries(t, call),
            units(t, call, language),
            t("overview.kept"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
    </>
  );
}
