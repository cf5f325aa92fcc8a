// Where a call's time went: a bar and its figures. The figures say all that the bar shows.
import type { Activity } from "../../ipc/generated";
import { useMessages } from "../../messages";
import { MiniWaterfall } from "../activity/Waterfall";
import { nameOf, spansOf } from "../activity/waterfall";
import { tries, units } from "./calls";
import { duration } from "./flow";
import css from "./overview.module.css";

export function TimeBar({ call, reason }: { call: Activity; reason: string | null }) {
  const { t, language } = useMessages();
  return (
    <>
      <MiniWaterfall call={call} />
      <div className={css.legend}>
        {spansOf(call).map((span) => (
          <span key={span.id}>
            <i data-span={span.id} />
            {t(nameOf(call, span))} <b>{duration(span.us)}</b>
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
