// The newest calls of the application: metadata only, since nothing else is kept.
import { Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { Activity } from "../../ipc/generated";
import { callName, causeWords, type Translate, useMessages } from "../../messages";
import { duration } from "./flow";
import css from "./overview.module.css";

export function RecentCalls({ calls, names }: { calls: Activity[]; names: Map<string, string> }) {
  const { t, language } = useMessages();
  if (calls.length === 0) return <p className="soft">{t("overview.recent.none")}</p>;
  return (
    <>
      <h2 className={css.section}>{t("overview.recent")}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and holds nothing else to focus */}
      <section className={`${layout.card} ${layout.scroll}`} tabIndex={0} aria-label={t("overview.recent")}>
        <table>
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
                <td className="mono">{new Date(call.at).toLocaleTimeString(language)}</td>
                <td>{callName(t, call)}</td>
                <td>{names.get(call.provider ?? "") ?? call.provider_kind ?? "–"}</td>
                <td>
                  <Pill tone={call.cause ? "warn" : "ok"}>
                    {call.status}
                    {call.cause ? ` ${causeWords(t, call.cause)}` : ""}
                  </Pill>
                  {call.attempts > 1 ? (
                    <small className="soft"> {t("overview.tries", { n: call.attempts })}</small>
                  ) : null}
                </td>
                <td className="mono">
                  {call.timings.first_byte_us === null ? "–" : duration(call.timings.first_byte_us)}
                </td>
                <td className="mono">{duration(call.timings.total_us)}</td>
                <td className="mono">{units(t, call)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** What the call used, in the unit it is counted in. */
function units(t: Translate, call: Activity): string {
  if (call.images !== null) return t("overview.images", { n: call.images });
  if (call.characters !== null) return t("overview.characters", { n: call.characters });
  return call.usage ? t("overview.tokens", { n: call.usage.total_tokens }) : "–";
}
