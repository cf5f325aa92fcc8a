// AddOns: which AI features are on in this application?
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import { Empty, Failed, Waiting } from "../../components/states";
import { useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";
import css from "../overview/overview.module.css";
import { AddOnCard } from "./AddOnCard";
import { AddOnEditor } from "./AddOnEditor";

export function AddOns() {
  const { t } = useMessages();
  const { application, go } = useDesk();
  const [editing, setEditing] = useState<string | null>(null);
  const request = application && { application: application.id };
  const addons = useRead("addon_list", request);
  const providers = useRead("provider_list", request);
  if (!application) {
    return (
      <Empty
        action={
          <Button look="primary" onClick={() => go("applications", "add")}>
            {t("apps.add")}
          </Button>
        }
      >
        {t("addons.empty")}
      </Empty>
    );
  }
  if (addons.error) return <Failed error={addons.error} onRetry={() => void addons.refetch()} />;
  if (providers.error) return <Failed error={providers.error} onRetry={() => void providers.refetch()} />;
  if (!addons.data || !providers.data) return <Waiting />;
  const edited = addons.data.items.find((addon) => addon.handle === editing);
  if (edited && edited.state !== "available") {
    return (
      <AddOnEditor
        key={`${application.id} ${edited.handle}`}
        application={application.id}
        addon={edited}
        providers={providers.data.items}
        onDone={() => setEditing(null)}
      />
    );
  }
  return (
    <ul className={css.cards}>
      {addons.data.items.map((addon) => (
        <AddOnCard
          key={addon.handle}
          application={application.id}
          addon={addon}
          providers={providers.data.items}
          onEdit={() => setEditing(addon.handle)}
        />
      ))}
    </ul>
  );
}
