// Applications: for which host app? List, add, edit, delete; a client secret is shown once.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { CopyButton, Empty, Failed, Waiting } from "../../components/states";
import type { ApplicationCreated, ApplicationView } from "../../ipc/generated";
import { useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { Access } from "./Access";
import { ApplicationForm } from "./ApplicationForm";
import { DangerZone } from "./DangerZone";
import { SecretOnce } from "./SecretOnce";
import { Testing } from "./Testing";

type Place = { at: "list" } | { at: "new" } | { at: "edit"; id: string };

export function Applications() {
  const { t } = useMessages();
  const desk = useDesk();
  const read = useRead("application_list", {});
  const [place, setPlace] = useState<Place>(desk.intent === "add" ? { at: "new" } : { at: "list" });
  const [created, setCreated] = useState<ApplicationCreated | null>(null);
  if (read.error) return <Failed error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Waiting />;
  const add = (
    <Button data-testid="app-add" onClick={() => setPlace({ at: "new" })}>
      {t("apps.add")}
    </Button>
  );
  const secret = created ? <SecretOnce created={created} onClose={() => setCreated(null)} /> : null;
  const edited = place.at === "edit" ? read.data.items.find((each) => each.id === place.id) : undefined;
  if (place.at === "new" || edited) {
    return (
      <>
        <ApplicationForm
          key={edited?.id ?? "new"}
          application={edited ?? null}
          onCancel={() => setPlace({ at: "list" })}
          onSaved={() => setPlace({ at: "list" })}
          onCreated={(fresh) => {
            setCreated(fresh);
            desk.choose(fresh.id);
            setPlace({ at: "list" });
          }}
        />
        {edited ? (
          <>
            <Access application={edited} />
            <Testing application={edited} />
            <DangerZone
              application={edited}
              onSecret={setCreated}
              onDeleted={() => setPlace({ at: "list" })}
            />
          </>
        ) : null}
        {secret}
      </>
    );
  }
  return (
    <>
      {read.data.items.length === 0 ? (
        <Empty action={add}>{t("apps.empty")}</Empty>
      ) : (
        <>
          <div className={`${layout.row} ${layout.end}`}>{add}</div>
          <List items={read.data.items} onEdit={(id) => setPlace({ at: "edit", id })} />
        </>
      )}
      {secret}
    </>
  );
}

function List({ items, onEdit }: { items: ApplicationView[]; onEdit: (id: string) => void }) {
  const { t } = useMessages();
  return (
    <div className={`${layout.card} ${layout.scroll}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("apps.name")}</th>
            <th scope="col">{t("apps.kind")}</th>
            <th scope="col">{t("apps.client-id")}</th>
            <th scope="col">{t("apps.origins")}</th>
            <th scope="col">
              <span className="unseen">{t("providers.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                {item.name}{" "}
                {item.testing ? (
                  <Pill tone="warn" title={t("apps.testing.help")} data-testid="app-is-testing">
                    {t("apps.testing")}
                  </Pill>
                ) : null}
              </th>
              <td>{t(`app.kind.${item.kind}`)}</td>
              <td>
                <span className={layout.row}>
                  <code>{item.client_id.slice(0, 8)}…</code>
                  <CopyButton text={item.client_id} label={t("action.copy")} />
                </span>
              </td>
              <td>
                {item.origins.length === 0
                  ? "–"
                  : item.origins.map((origin) => <div key={origin}>{origin}</div>)}
              </td>
              <td>
                <Button onClick={() => onEdit(item.id)}>{t("action.edit")}</Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
