// Says wherever a failure is provoked, in any application: nobody should look for a fault that somebody switched on.
import { useDesk } from "../../app/desk";
import layout from "../../components/layout.module.css";
import { useReads } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { FaultOn } from "./FaultOn";

export function FaultNotice() {
  const { t } = useMessages();
  const { application, applications } = useDesk();
  const lists = useReads(
    "provider_list",
    applications.map(({ id }) => ({ application: id })),
  );
  const on = lists.flatMap((list) => list.data?.items ?? []).filter((provider) => provider.fault);
  if (on.length === 0) return null;
  const whose = (id: string) => applications.find((each) => each.id === id)?.name ?? "";
  return (
    <section className={layout.stack} role="status" aria-label={t("fault.notice")} data-testid="fault-notice">
      {on.map((provider) => (
        <FaultOn
          key={provider.id}
          provider={provider}
          where={
            provider.application === application?.id
              ? provider.name
              : `${whose(provider.application)}, ${provider.name}`
          }
        />
      ))}
    </section>
  );
}
