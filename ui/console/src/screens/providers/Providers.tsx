// Providers: which accounts, and are they healthy?
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Empty, Failed, Waiting } from "../../components/states";
import { useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { ProviderEditor } from "./ProviderEditor";
import { ProviderForm } from "./ProviderForm";
import { ProviderTable } from "./ProviderTable";

export function Providers() {
  const { t } = useMessages();
  const desk = useDesk();
  const [adding, setAdding] = useState(desk.intent === "add");
  const [editing, setEditing] = useState<string | null>(null);
  const kinds = useRead("provider_kinds", {});
  const providers = useRead("provider_list", desk.application && { application: desk.application.id });
  if (!desk.application) {
    return (
      <Empty
        action={
          <Button look="primary" onClick={() => desk.go("applications", "add")}>
            {t("apps.add")}
          </Button>
        }
      >
        {t("providers.no-app")}
      </Empty>
    );
  }
  if (kinds.error) return <Failed error={kinds.error} onRetry={() => void kinds.refetch()} />;
  if (providers.error) return <Failed error={providers.error} onRetry={() => void providers.refetch()} />;
  if (!kinds.data || !providers.data) return <Waiting />;
  if (adding) {
    return (
      <ProviderForm
        application={desk.application.id}
        kinds={kinds.data.items}
        onDone={() => setAdding(false)}
      />
    );
  }
  const edited = providers.data.items.find((each) => each.id === editing);
  const kind = kinds.data.items.find((each) => each.kind === edited?.kind);
  if (edited && kind) {
    return <ProviderEditor key={edited.id} provider={edited} kind={kind} onDone={() => setEditing(null)} />;
  }
  const add = (
    <Button data-testid="provider-add" onClick={() => setAdding(true)}>
      {t("providers.add")}
    </Button>
  );
  if (providers.data.items.length === 0) return <Empty action={add}>{t("providers.empty")}</Empty>;
  return (
    <>
      <div className={`${layout.row} ${layout.end}`}>{add}</div>
      <ProviderTable
        items={providers.data.items}
        kinds={kinds.data.items}
        onEdit={(provider) => setEditing(provider.id)}
      />
    </>
  );
}
