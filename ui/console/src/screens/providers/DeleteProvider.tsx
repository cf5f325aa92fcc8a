// Asks before a provider goes, and names what is lost with it. Shredding also turns the vault key, and says so.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { useVault } from "../../app/vault";
import { Check } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import { Problem } from "../../components/states";
import type { ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";
import css from "./providers.module.css";

export function DeleteProvider({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const open = useVault()?.state === "open";
  const [shred, setShred] = useState(false);
  const remove = useAct("provider_remove");
  const { name } = provider;
  const addons = provider.used_by.map((handle) => addonName(t, handle)).join(", ");
  const hasKey = provider.key_tail !== null;
  return (
    <Confirm
      title={t("providers.delete.title", { name })}
      action={t(shred ? "providers.shred" : "action.delete")}
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { provider: provider.id, shred },
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
        {hasKey ? t("providers.delete.body") : ""} {addons ? t("providers.delete.used", { addons }) : ""}
      </p>
      {hasKey ? (
        <div>
          <Check
            label={t("providers.shred")}
            data-testid="provider-shred"
            checked={shred}
            disabled={!open}
            onChange={(event) => setShred(event.target.checked)}
          />
          <small className={css.below}>{t(open ? "providers.shred.help" : "providers.shred.shut")}</small>
        </div>
      ) : null}
      <Problem error={remove.error} />
    </Confirm>
  );
}
