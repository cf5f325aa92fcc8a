// Asks before a provider goes, and names what is lost with it.
import { useDesk } from "../../app/desk";
import { Confirm } from "../../components/Dialog";
import { Problem } from "../../components/states";
import type { ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";

export function DeleteProvider({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
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
