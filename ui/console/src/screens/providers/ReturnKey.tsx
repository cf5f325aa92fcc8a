// Asks before a provider goes back to the key before, and names the one that is lost by it.
import { useDesk } from "../../app/desk";
import { Confirm } from "../../components/Dialog";
import { Problem } from "../../components/states";
import type { ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { dots } from "./KeyCell";

export function ReturnKey({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const back = useAct("provider_return_key");
  const { name, key_tail: now, previous_key: previous } = provider;
  const returned = () => {
    desk.say(t("providers.returned", { name }));
    onClose();
  };
  return (
    <Confirm
      title={t("providers.return.title")}
      action={t("providers.return")}
      busy={back.isPending}
      onClose={onClose}
      onConfirm={() => back.mutate({ provider: provider.id }, { onSuccess: returned })}
    >
      <p>{t("providers.return.body", { name, before: dots(previous?.tail ?? ""), now: dots(now ?? "") })}</p>
      <Problem error={back.error} />
    </Confirm>
  );
}
