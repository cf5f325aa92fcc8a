// AddOns: which AI features are there, and which are on in this application?
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import { Empty, Failed, Waiting } from "../../components/states";
import { useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { AddOnCard } from "./AddOnCard";
import { AddOnEditor } from "./AddOnEditor";
import css from "./addons.module.css";
import { excluder } from "./answers";

export function AddOns() {
  const { t } = useMessages();
  const { application, go } = useDesk();
  const [editing, setEditing] = useState<string | null>(null);
  const request = application && { application: application.id };
  const kinds = useRead("provider_kinds", {});
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
  const failed = [kinds, addons, providers].find((read) => read.error);
  if (failed?.error) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!kinds.data || !addons.data || !providers.data) return <Waiting />;
  const all = addons.data.items;
  const edited = all.find((addon) => addon.handle === editing);
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
  const titles = new Map(kinds.data.items.map((kind) => [kind.kind, kind.title]));
  return (
    <ul className={css.cards}>
      {all.map((addon) => (
        <AddOnCard
          key={addon.handle}
          application={application.id}
          addon={addon}
          excludedBy={excluder(addon, all)}
          providers={providers.data.items}
          able={addon.provider_kinds.map((kind) => titles.get(kind) ?? kind)}
          onEdit={() => setEditing(addon.handle)}
        />
      ))}
    </ul>
  );
}
