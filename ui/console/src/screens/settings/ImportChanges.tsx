// What an import would change, line by line, and what it leaves aside. Applies nothing itself.
import { Button, Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { Change, ImportPreview, Outcome } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "./transfer.module.css";

const TONES: Record<Outcome, "ok" | "warn" | "neutral" | "bad"> = {
  added: "ok",
  changed: "warn",
  unchanged: "neutral",
  conflict: "bad",
};

export function ImportChanges(props: {
  preview: ImportPreview;
  busy: boolean;
  onApply: () => void;
  onCancel: () => void;
}) {
  const { t } = useMessages();
  const { changes, ignored } = props.preview;
  const doing = changes.filter((each) => each.verdict === "added" || each.verdict === "changed");
  return (
    <section className={layout.stack} aria-label={t("import.preview")} data-testid="import-preview">
      <h3>{t("import.preview")}</h3>
      <table className={css.changes}>
        <tbody>
          {changes.map((each) => (
            <Row key={`${each.subject} ${each.application} ${each.name}`} change={each} />
          ))}
          {ignored.map((each, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same name may be left aside twice; the list never changes.
            <tr key={`${place} ${each.name}`}>
              <td>
                <Pill tone="neutral">{t("import.ignored")}</Pill>
              </td>
              <td>{each.name}</td>
              <td>{t(`ignored.${each.why}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">{t("import.rest")}</p>
      <div className={layout.row}>
        <Button
          look="primary"
          data-testid="import-apply"
          disabled={props.busy || doing.length === 0}
          onClick={props.onApply}
        >
          {t("import.apply", { n: doing.length })}
        </Button>
        <Button data-testid="import-cancel" onClick={props.onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </section>
  );
}

function Row({ change }: { change: Change }) {
  const { t } = useMessages();
  const name = [change.application, change.name].filter((part) => part !== "").join(" / ");
  const shown = change.verdict === "changed" || change.verdict === "conflict" ? change.fields : [];
  return (
    <tr data-testid={`change-${change.subject}-${change.verdict}`}>
      <td>
        <Pill tone={TONES[change.verdict]}>{t(`verdict.${change.verdict}`)}</Pill>
      </td>
      <td>
        {t(`subject.${change.subject}`)} {name}
      </td>
      <td>
        {change.verdict === "conflict" ? <p>{t("import.conflict")}</p> : null}
        {shown.map((field) => (
          <p key={field.field}>
            <code>{field.field}</code>: {field.before || "–"} → {field.after || "–"}
          </p>
        ))}
      </td>
    </tr>
  );
}
