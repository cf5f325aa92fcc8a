// The side bar: which application, which screen, how the proxy stands, how the window looks.
import { Button, SelectField, Switch } from "../components/controls";
import { useAct, useRead } from "../ipc/queries";
import { sentence, useMessages } from "../messages";
import { useDesk } from "./desk";
import { routes, type ScreenId } from "./routes";
import type { ShellProps } from "./Shell";
import css from "./shell.module.css";

export function SideBar({
  screen,
  preferences,
}: {
  screen: ScreenId;
  preferences: ShellProps["preferences"];
}) {
  const { t } = useMessages();
  const desk = useDesk();
  const counts = useCounts();
  return (
    <aside className={css.side} aria-label="AddOn Console">
      <div className={css.switcher}>
        <SelectField
          label={t("app.switcher")}
          value={desk.application?.id ?? ""}
          onChange={(event) => desk.choose(event.target.value)}
          disabled={desk.applications.length === 0}
        >
          {desk.applications.length === 0 ? <option value="">{t("app.none")}</option> : null}
          {desk.applications.map((application) => (
            <option key={application.id} value={application.id}>
              {application.name}
            </option>
          ))}
        </SelectField>
      </div>
      <nav className={css.nav} aria-label={t("nav.label")}>
        {routes.map(({ id, icon: Icon }) => (
          <button
            key={id}
            type="button"
            data-testid={`nav-${id}`}
            aria-current={id === screen ? "page" : undefined}
            onClick={() => desk.go(id)}
          >
            <Icon aria-hidden />
            {t(`nav.${id}`)}
            {counts[id] ? <span>{counts[id]}</span> : null}
          </button>
        ))}
      </nav>
      <div className={css.foot}>
        <Choices
          label={t("theme.label")}
          name="theme"
          values={["system", "light", "dark"] as const}
          chosen={preferences.theme}
          text={(theme) => t(`theme.${theme}`)}
          choose={preferences.setTheme}
        />
        <Choices
          label={t("language.label")}
          name="language"
          values={["en", "it"] as const}
          chosen={preferences.language}
          text={(language) => language.toUpperCase()}
          choose={preferences.setLanguage}
        />
        <ProxyBox />
      </div>
    </aside>
  );
}

function useCounts(): Partial<Record<ScreenId, number>> {
  const { application, applications } = useDesk();
  const request = application && { application: application.id };
  const addons = useRead("addon_list", request).data?.items ?? [];
  const providers = useRead("provider_list", request).data?.items ?? [];
  return {
    applications: applications.length,
    addons: addons.filter((addon) => addon.enabled).length,
    providers: providers.length,
  };
}

function Choices<T extends string>(props: {
  label: string;
  name: string;
  values: readonly T[];
  chosen: T;
  text: (value: T) => string;
  choose: (value: T) => void;
}) {
  return (
    <fieldset className={css.choices} aria-label={props.label}>
      {props.values.map((value) => (
        <Button
          key={value}
          aria-pressed={value === props.chosen}
          data-testid={`${props.name}-${value}`}
          onClick={() => props.choose(value)}
        >
          {props.text(value)}
        </Button>
      ))}
    </fieldset>
  );
}

function ProxyBox() {
  const { t } = useMessages();
  const desk = useDesk();
  const overview = useRead("overview", {});
  const start = useAct("proxy_start");
  const stop = useAct("proxy_stop");
  const status = overview.data?.proxy;
  const state = status?.state ?? "stopped";
  const running = state === "running";
  const flip = () => {
    const onError = (error: Parameters<typeof sentence>[1]) => desk.say(sentence(t, error));
    if (running) stop.mutate({}, { onError });
    else start.mutate({}, { onError });
  };
  return (
    <section className={css.proxy} aria-label={t("hop.proxy")}>
      <p>
        <span className={css.dot} data-state={state} />
        {t(`proxy.${state}`)}
        <Switch
          label={t("proxy.switch")}
          data-testid="proxy-switch"
          checked={running}
          disabled={!status || start.isPending || stop.isPending}
          onChange={flip}
        />
      </p>
      {status?.state === "running" ? <code data-testid="proxy-url">{status.url}</code> : null}
      {status?.state === "failed" ? <small>{status.message}</small> : null}
    </section>
  );
}
