// Settings: what the network between this machine and the providers needs. Nothing of an application.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Failed, Problem, Waiting } from "../../components/states";
import type { NetworkView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function Settings() {
  const network = useRead("network_get", {});
  if (network.error) return <Failed error={network.error} onRetry={() => void network.refetch()} />;
  if (!network.data) return <Waiting />;
  const { ca_file = "", proxy = "" } = network.data.settings;
  return <Network key={`${ca_file} ${proxy}`} view={network.data} />;
}

function Network({ view }: { view: NetworkView }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [caFile, setCaFile] = useState(view.settings.ca_file ?? "");
  const [proxy, setProxy] = useState(view.settings.proxy ?? "");
  const set = useAct("network_set");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ ca_file: caFile, proxy }, { onSuccess: () => desk.say(t("settings.saved")) });
  };
  return (
    <form className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`} onSubmit={submit}>
      <h2>{t("settings.network")}</h2>
      <p className="soft">{t("settings.network.body")}</p>
      <TextField
        label={t("settings.ca-file")}
        help={t("settings.ca-file.help")}
        data-testid="settings-ca-file"
        placeholder="/etc/ssl/corporate.pem"
        value={caFile}
        onChange={(event) => setCaFile(event.target.value)}
      />
      <TextField
        label={t("settings.proxy")}
        help={t("settings.proxy.help")}
        data-testid="settings-proxy"
        placeholder="http://proxy.example:3128"
        inputMode="url"
        value={proxy}
        onChange={(event) => setProxy(event.target.value)}
      />
      <p className={layout.row}>
        {t("settings.in-force")}
        <Pill tone={view.through ? "info" : "neutral"}>{view.through ?? t("settings.direct")}</Pill>
      </p>
      {view.problem ? <p role="alert">{t("settings.problem", { problem: view.problem })}</p> : null}
      <Problem error={set.error} />
      <div className={layout.row}>
        <Button type="submit" look="primary" data-testid="settings-save" disabled={set.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}
