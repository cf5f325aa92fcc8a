// Entries of the audit chain as a table. Closed words, names and ids: an entry holds nothing else.
import { Pill, type Tone } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { AuditEntryView, Seal } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "./security.module.css";

const tones: Record<Seal, Tone> = { sealed: "ok", pending: "info", broken: "bad", unknown: "neutral" };

export function AuditTable({ entries }: { entries: AuditEntryView[] }) {
  const { t, language } = useMessages();
  const time = new Intl.DateTimeFormat(language, {
    ...{ dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" },
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what may be wider than the window must scroll by keyboard too
    <section className={layout.scroll} aria-label={t("audit.entries")} tabIndex={0}>
      <table className={css.entries}>
        <thead>
          <tr>
            <th scope="col">{t("audit.seq")}</th>
            <th scope="col">{t("table.when")}</th>
            <th scope="col">{t("audit.act")}</th>
            <th scope="col">{t("audit.record")}</th>
            <th scope="col">{t("audit.by")}</th>
            <th scope="col">{t("audit.seal")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq} data-testid="audit-row">
              <td className="mono">{entry.seq}</td>
              <td className="mono">
                <time dateTime={new Date(entry.at).toISOString()}>{time.format(entry.at)}</time>
              </td>
              <td>{t(`act.${entry.act}`)}</td>
              <td>{entry.name ?? (entry.record ? <code>{entry.record.slice(0, 8)}…</code> : "–")}</td>
              <td>{t(`by.${entry.by}`)}</td>
              <td>
                <Pill tone={tones[entry.seal]} title={t(`seal.${entry.seal}.means`)}>
                  {t(`seal.${entry.seal}`)}
                </Pill>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
