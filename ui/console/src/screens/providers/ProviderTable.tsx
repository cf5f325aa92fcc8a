// The providers of an application as a table: test, replace the key, delete with what depends on it.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderKindView, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, causeWords, sentence, useMessages } from "../../messages";
import { EditProvider } from "./EditProvider";
import { ReplaceKey } from "./ReplaceKey";
import { TestResult } from "./TestResult";

export function ProviderTable({ items, kinds }: { items: ProviderView[]; kinds: ProviderKindView[] }) {
  const { t } = useMessages();
  const [replacing, setReplacing] = useState<ProviderView | null>(null);
  const [deleting, setDeleting] = useState<ProviderView | null>(null);
  const [editing, setEditing] = useState<ProviderView | null>(null);
  const kindOf = (provider: ProviderView | null) => kinds.find((kind) => kind.kind === provider?.kind);
  const edited = kindOf(editing);
  return (
    <>
      <div className={`${layout.card} ${layout.scroll}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("providers.name")}</th>
              <th scope="col">{t("providers.kind")}</th>
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
                onEdit={() => setEditing(item)}
                onReplace={() => setReplacing(item)}
                onDelete={() => setDeleting(item)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {replacing ? (
        <ReplaceKey
          provider={replacing}
          hint={kindOf(replacing)?.key_hint ?? ""}
          pattern={kindOf(replacing)?.key_pattern ?? ""}
          onClose={() => setReplacing(null)}
        />
      ) : null}
      {editing && edited ? (
        <EditProvider provider={editing} kind={edited} onClose={() => setEditing(null)} />
      ) : null}
      {deleting ? <DeleteProvider provider={deleting} onClose={() => setDeleting(null)} /> : null}
    </>
  );
}

function Row({
  item,
  onEdit,
  onReplace,
  onDelete,
}: {
  item: ProviderView;
  onEdit: () => void;
  onReplace: () => void;
  onDelete: () => void;
}) {
  const { t } = useMessages();
  const desk = useDesk();
  const test = useAct("provider_test");
  const last = item.last_test;
  const [open, setOpen] = useState(false);
  return (
    <>
      <tr data-testid={`provider-row-${item.name}`}>
        <th scope="row">{item.name}</th>
        <td>{item.kind_title}</td>
        <td>{item.model ?? "–"}</td>
        <td>{item.key_tail === null ? t("providers.key.none") : <code>••••{item.key_tail}</code>}</td>
        <td>
          {last ? (
            <Button
              look="quiet"
              aria-expanded={open}
              aria-label={t("providers.test.show", { name: item.name })}
              data-testid="test-result-toggle"
              onClick={() => setOpen(!open)}
            >
              <Pill tone={last.ok ? "ok" : "bad"} data-testid="test-pill">
                {last.ok ? t("providers.test.ok") : causeWords(t, last.cause ?? "internal")}
              </Pill>
            </Button>
          ) : (
            <span className="soft">{t("providers.never-tested")}</span>
          )}
        </td>
        <td>{item.used_by.map((handle) => addonName(t, handle)).join(", ") || "–"}</td>
        <td>
          <span className={layout.row}>
            {item.base_url === "" ? null : (
              <>
                <Button
                  data-testid="provider-test"
                  disabled={test.isPending}
                  onClick={() =>
                    test.mutate(
                      { stored: item.id },
                      {
                        onSuccess: (report) => setOpen(!report.ok),
                        onError: (error) => desk.say(sentence(t, error)),
                      },
                    )
                  }
                >
                  {t(test.isPending ? "providers.testing" : "providers.test")}
                </Button>
                <Button data-testid="provider-edit" onClick={onEdit}>
                  {t("action.edit")}
                </Button>
              </>
            )}
            {item.key_tail === null ? null : <Button onClick={onReplace}>{t("providers.replace")}</Button>}
            <Button look="danger" data-testid="provider-delete" onClick={onDelete}>
              {t("action.delete")}
            </Button>
          </span>
        </td>
      </tr>
      {open && last ? (
        <tr>
          <td colSpan={7}>
            <TestResult report={last} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function DeleteProvider({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const remove = useAct("provider_remove");
  const { name } = provider;
  const addons = provider.used_by.map((handle) => addonName(t, handle)).join(", ");
  return (
    <Confirm
      title={t("providers.delete.title", { name })}
      action={t("action.delete")}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { provider: provider.id },
          {
            onSuccess: () => {
              desk.say(t("providers.deleted", { name }));
              onClose();
            },
          },
        )
      }
    >
      <p>
        {provider.key_tail === null ? "" : t("providers.delete.body")}{" "}
        {addons ? t("providers.delete.used", { addons }) : ""}
      </p>
      <Problem error={remove.error} />
    </Confirm>
  );
}
