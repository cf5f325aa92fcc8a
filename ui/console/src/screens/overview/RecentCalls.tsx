// The newest calls of the application: metadata only, since nothing else is kept.
import { Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { Activity } from "../../ipc/generated";
import { causeWords, useMessages } from "../../messages";
import { FaultPill } from "../faults/FaultPill";
import { FromTape } from "../tapes/TapePill";
import { asked, tries, units } from "./calls";
import { duration } from "./flow";
import css from "./overview.module.css";

export function RecentCalls({ calls, names }: { calls: Activity[]; names: Map<string, string> }) {
  const { t, language } = useMessages();
  if (calls.length === 0) return <p className="soft">{t("overview.recent.none")}</p>;
  return (
    <>
      <h2 className={css.section}>{t("overview.recent")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what may be wider than the window must scroll by keyboard too */}
      <section className={`${layout.card} ${layout.scroll}`} aria-label={t("overview.recent")} tabIndex={0}>
        <table className={css.calls}>
          <thead>
            <tr>
              <th scope="col">{t("table.when")}</th>
              <th scope="col">{t("table.addon")}</th>
              <th scope="col">{t("table.provider")}</th>
              <th scope="col">{t("table.result")}</th>
              <th scope="col">{t("table.first")}</th>
              <th scope="col">{t("table.total")}</th>
              <th scope="col">{t("table.units")}</th>
            </tr>
          </thead>
          <tbody>
            {calls.map((call) => (
              <tr key={call.id} data-testid="recent-row">
                <td className="mono">
                  {new Date(call.at).toLocaleTimeString(language, { hourCycle: "h23" })}
                </td>
                <td className={css.asked}>
                  {asked(t, call)}
                  {call.addon ? <small className={css.route}>{t(`route.${call.route}`)}</small> : null}
                </td>
                <td>{names.get(call.provider ?? "") ?? call.provider_kind ?? "–"}</td>
                <td>
                  <Pill tone={call.cause ? "warn" : "ok"}>
                    {call.status}
                    {call.cause && !call.fault ? ` ${causeWords(t, call.cause)}` : ""}
                  </Pill>{" "}
                  <FaultPill call={call} />
                  <FromTape call={call} />
                  {tries(t, call) ? <small className={css.route}>{tries(t, call)}</small> : null}
                </td>
                <td className="mono">
                  {call.timings.first_byte_us === null ? "–" : duration(call.timings.first_byte_us)}
                </td>
                <td className="mono">{duration(call.timings.total_us)}</td>
                <td>{units(t, call, language) || "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
