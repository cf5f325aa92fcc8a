// The providers of an application as a table: how each did last, and what can be done with it.
import { Activity, KeyRound, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { ProviderKindView, ProviderView, TestReport } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, causeWords, sentence, useMessages } from "../../messages";
import { DeleteProvider } from "./DeleteProvider";
import css from "./providers.module.css";
import { ReplaceKey } from "./ReplaceKey";
import { TestResult } from "./TestResult";

interface Props {
  items: ProviderView[];
  kinds: ProviderKindView[];
  onEdit: (provider: ProviderView) => void;
}

export function ProviderTable({ items, kinds, onEdit }: Props) {
  const { t } = useMessages();
  const [replacing, setReplacing] = useState<ProviderView | null>(null);
  const [deleting, setDeleting] = useState<ProviderView | null>(null);
  const kindOf = (item: ProviderView) => kinds.find((kind) => kind.kind === item.kind);
  const replaced = replacing && kindOf(replacing);
  return (
    <>
      <div className={`${layout.card} ${layout.scroll}`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t("providers.name")}</th>
              <th scope="col">{t("providers.model")}</th>
              <th scope="col">{t("providers.key")}</th>
              <th scope="col">{t("providers.last-test")}</th>
              <th scope="col">{t("providers.used-by")}</th>
              <th scope="col">
                <span className="unseen">{t("providers.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row
                key={item.id}
                item={item}
                kind={kindOf(item)}
                onEdit={() => onEdit(item)}
                onReplace={() => setReplacing(item)}
                onDelete={() => setDeleting(item)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {replacing && replaced ? (
        <ReplaceKey provider={replacing} kind={replaced} onClose={() => setReplacing(null)} />
      ) : null}
      {deleting ? <DeleteProvider provider={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  );
}

interface RowProps {
  item: ProviderView;
  /** `undefined` for a type this version does not know: it can only be deleted. */
  kind: ProviderKindView | undefined;
  onEdit: () => void;
  onReplace: () => void;
  onDelete: () => void;
}

function Row({ item, kind, onEdit, onReplace, onDelete }: RowProps) {
  const { t } = useMessages();
  const desk = useDesk();
  const test = useAct("provider_test");
  const [open, setOpen] = useState(false);
  const last = item.last_test;
  const icon = (Icon: typeof Pencil, words: string) => {
    const said = `${words}: ${item.name}`;
    return { "aria-label": said, title: words, children: <Icon aria-hidden /> };
  };
  return (
    <>
      <tr data-testid={`provider-row-${item.name}`}>
        <th scope="row">
          {item.name}
          <small className={css.under}>{item.kind_title}</small>
        </th>
        <td>{item.model ?? "–"}</td>
        <td>{item.key_tail === null ? t("providers.key.none") : <code>••••{item.key_tail}</code>}</td>
        <td>
          {test.isPending ? (
            <span role="status">{t("providers.testing")}…</span>
          ) : last ? (
            <Last report={last} open={open} flip={() => setOpen(!open)} />
          ) : (
            <span className="soft">{t("providers.never-tested")}</span>
          )}
        </td>
        <td>{item.used_by.map((handle) => addonName(t, handle)).join(", ") || "–"}</td>
        <td>
          <span className={css.actions}>
            {kind && !kind.local ? (
              <Button
                data-testid="provider-test"
                disabled={test.isPending}
                onClick={() =>
                  test.mutate({ stored: item.id }, { onError: (error) => desk.say(sentence(t, error)) })
                }
                {...icon(Activity, t("providers.test"))}
              />
            ) : null}
            {kind ? (
              <Button data-testid="provider-edit" onClick={onEdit} {...icon(Pencil, t("action.edit"))} />
            ) : null}
            {kind && item.key_tail !== null ? (
              <Button
                data-testid="provider-replace"
                onClick={onReplace}
                {...icon(KeyRound, t("providers.replace"))}
              />
            ) : null}
            <Button
              look="danger"
              data-testid="provider-delete"
              onClick={onDelete}
              {...icon(Trash2, t("action.delete"))}
            />
          </span>
        </td>
      </tr>
      {open && last ? (
        <tr>
          <td colSpan={6}>
            <TestResult report={last} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** The last test in a word; its stages unfold below. */
function Last({ report, open, flip }: { report: TestReport; open: boolean; flip: () => void }) {
  const { t } = useMessages();
  const words = report.ok ? t("providers.test.ok") : causeWords(t, report.cause ?? "internal");
  return (
    <>
      <button type="button" aria-expanded={open} className={css.unfold} onClick={flip}>
        <Pill tone={report.ok ? "ok" : "bad"} title={report.message} data-testid="test-result">
          {words}
        </Pill>
      </button>
      <small className={css.under}>
        {report.first_byte_ms === null ? null : t("test.first-byte", { n: report.first_byte_ms })}
        {report.retires_on ? <em>{t("models.retires", { day: report.retires_on })}</em> : null}
      </small>
    </>
  );
}
