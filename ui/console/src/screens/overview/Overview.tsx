// Overview: does it work, and what happens to my key?
import { useDesk } from "../../app/desk";
import { useVault, whyShut } from "../../app/vault";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Failed, Waiting } from "../../components/states";
import type { AddOnView, Overview as OverviewData, ProviderView } from "../../ipc/generated";
import { useRead } from "../../ipc/queries";
import { type MessageKey, useMessages } from "../../messages";
import { AddOnCard } from "../addons/AddOnCard";
import cards from "../addons/addons.module.css";
import { excluder } from "../addons/answers";
import { FaultNotice } from "../faults/FaultNotice";
import { TapeNotice } from "../tapes/TapeNotice";
import { FirstRun } from "./FirstRun";
import { Flow } from "./Flow";
import css from "./overview.module.css";
import { RecentCalls } from "./RecentCalls";

export function Overview() {
  const { application } = useDesk();
  const overview = useRead("overview", {});
  const applications = useRead("application_list", {});
  const request = application && { application: application.id };
  const addons = useRead("addon_list", request);
  const providers = useRead("provider_list", request);
  const failed = [overview, applications, addons, providers].find((read) => read.error);
  if (failed?.error) return <Failed error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!overview.data || !applications.data) return <Waiting />;
  if (!application) return <FirstRun />;
  if (!addons.data || !providers.data) return <Waiting />;
  return (
    <Full
      application={application.id}
      overview={overview.data}
      addons={addons.data.items}
      providers={providers.data.items}
    />
  );
}

function Full(props: {
  application: string;
  overview: OverviewData;
  addons: AddOnView[];
  providers: ProviderView[];
}) {
  const { t } = useMessages();
  const desk = useDesk();
  const shut = whyShut(useVault()) !== null;
  const calls = props.overview.recent.filter((call) => call.application === props.application);
  const call = calls[0] ?? null;
  const names = new Map(props.providers.map((provider) => [provider.id, provider.name]));
  // Before the first call the picture is that of the provider that would be asked.
  const asked = call?.provider ?? props.addons.flatMap((addon) => addon.providers)[0];
  const provider = props.providers.find((each) => each.id === asked);
  const setting = {
    addonOn: props.addons.some((addon) => addon.enabled),
    keyless: provider?.key_tail === null,
    tls: provider?.base_url.startsWith("https:") ?? true,
  };
  return (
    <>
      <FaultNotice />
      <TapeNotice />
      <Flow call={call} setting={setting} provider={provider?.name ?? call?.provider_kind ?? "–"} />
      <p>
        <strong>{t("overview.next")}:</strong> {t(next(props.overview, props.addons, shut))}
      </p>
      <div className={`${layout.row} ${layout.spread}`}>
        <h2 className={css.section}>{t("overview.addons")}</h2>
        <Button look="quiet" onClick={() => desk.go("addons")}>
          {t("overview.addons.all")}
        </Button>
      </div>
      <ul className={cards.cards}>
        {props.addons
          .filter((addon) => addon.state !== "available")
          .map((addon) => (
            <AddOnCard
              key={addon.handle}
              application={props.application}
              addon={addon}
              excludedBy={excluder(addon, props.addons)}
              providers={props.providers}
            />
          ))}
      </ul>
      <RecentCalls calls={calls} names={names} />
    </>
  );
}

/** The one thing to do next. */
function next(overview: OverviewData, addons: AddOnView[], shut: boolean): MessageKey {
  if (overview.proxy.state !== "running") return "overview.next.proxy";
  if (shut) return "overview.next.vault";
  const states = addons.map((addon) => addon.state);
  if (states.includes("ready")) return "overview.next.preview";
  if (states.includes("needs-provider") || states.includes("key-rejected")) return "overview.next.provider";
  return states.includes("off") ? "overview.next.on" : "overview.next.install";
}
