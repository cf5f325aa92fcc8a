// Activity: what happened to that call? Metadata only, since nothing else is kept.
import { useCallback, useMemo, useState } from "react";
import { useDesk } from "../../app/desk";
import { Check, SelectField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Empty, Failed, Waiting } from "../../components/states";
import type { ActivityState, Activity as Call, Route } from "../../ipc/generated";
import { useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";
import css from "./activity.module.css";
import { CallDetails } from "./CallDetails";
import { CallTable } from "./CallTable";
import { useCalls } from "./useCalls";

export function Activity() {
  const { t } = useMessages();
  const { application } = useDesk();
  const read = useCalls();
  const providers = useRead("provider_list", application && { application: application.id });
  const state = useRead("activity_state", {});
  const proxy = useRead("overview", {}).data?.proxy;
  const [chosen, setChosen] = useState<string | null>(null);
  const [failures, setFailures] = useState(false);
  const [route, setRoute] = useState<Route | "">("");
  const own = useMemo(
    () => read.calls.filter((call) => !application || call.application === application.id),
    [read.calls, application],
  );
  const shown = useMemo(
    () => own.filter((call) => (!failures || call.cause) && (!route || call.route === route)),
    [own, failures, route],
  );
  const names = useMemo(
    () => new Map((providers.data?.items ?? []).map((provider) => [provider.id, provider.name])),
    [providers.data],
  );
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = read;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
  if (read.error) return <Failed error={read.error} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Waiting />;
  const call = shown.find((each) => each.id === chosen);
  const base = proxy?.state === "running" ? proxy.url : "http://127.0.0.1:23366";
  if (own.length === 0 && !hasNextPage) return <Empty>{t("activity.empty")}</Empty>;
  return (
    <div className={css.screen}>
      <Filter own={own} failures={failures} setFailures={setFailures} route={route} setRoute={setRoute} />
      {state.data ? <Kept state={state.data} /> : null}
      <div className={css.split} data-open={call !== undefined}>
        <div className={`${layout.card} ${css.list}`}>
          <CallTable calls={shown} names={names} chosen={chosen} choose={setChosen} onEnd={onEnd} />
          {shown.length === 0 ? <p className={css.none}>{t("activity.none")}</p> : null}
        </div>
        {call ? (
          <CallDetails
            call={call}
            provider={names.get(call.provider ?? "") ?? call.provider_kind ?? "–"}
            base={base}
            onClose={() => setChosen(null)}
          />
        ) : null}
      </div>
    </div>
  );
}

function Filter(props: {
  own: Call[];
  failures: boolean;
  setFailures: (on: boolean) => void;
  route: Route | "";
  setRoute: (route: Route | "") => void;
}) {
  const { t } = useMessages();
  const { own, route } = props;
  const there = useMemo(() => [...new Set(own.map((call) => call.route))].sort(), [own]);
  const routes = route && !there.includes(route) ? [...there, route] : there;
  return (
    <div className={css.filter}>
      <SelectField
        label={t("activity.route")}
        value={route}
        data-testid="activity-route"
        onChange={(event) => props.setRoute(event.target.value as Route | "")}
      >
        <option value="">{t("activity.route.all")}</option>
        {routes.map((each) => (
          <option key={each} value={each}>
            {t(`route.${each}`)}
          </option>
        ))}
      </SelectField>
      <Check
        label={t("activity.failures")}
        checked={props.failures}
        data-testid="activity-failures"
        onChange={(event) => props.setFailures(event.target.checked)}
      />
      <p className="soft">{t("activity.metadata")}</p>
    </div>
  );
}

/** What is kept, and what was not: said where somebody may miss a call. */
function Kept({ state: { rows, bytes, dropped } }: { state: ActivityState }) {
  const { t, language } = useMessages();
  const n = (count: number) => count.toLocaleString(language);
  const size = (bytes / 1_000_000).toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <p className={dropped > 0 ? css.dropped : css.kept} role="status" data-testid="activity-kept">
      {t(rows === 1 ? "activity.kept.one" : "activity.kept", { rows: n(rows), size })}{" "}
      {dropped > 0 ? t(dropped === 1 ? "activity.dropped.one" : "activity.dropped", { n: n(dropped) }) : null}
    </p>
  );
}
