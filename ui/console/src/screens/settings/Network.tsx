// How providers are reached: the CA file, the corporate proxy, and what of it is in force. Checks nothing itself.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, TextField } from "../../components/controls";
import tones from "../../components/controls.module.css";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { NetworkView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { told, useMessages } from "../../messages";

export function Network({ view }: { view: NetworkView }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [caFile, setCaFile] = useState(view.settings.ca_file ?? "");
  const [proxy, setProxy] = useState(view.settings.proxy ?? "");
  const set = useAct("network_set");
  const save = (event: FormEvent) => {
    event.preventDefault();
    const [file, address] = [caFile.trim(), proxy.trim()];
    set.mutate(
      { ...(file ? { ca_file: file } : {}), ...(address ? { proxy: address } : {}) },
      { onSuccess: () => desk.say(t("network.saved")) },
    );
  };
  return (
    <form className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`} onSubmit={save}>
      <div>
        <h2>{t("network.title")}</h2>
        <p className="soft">{t("network.about")}</p>
      </div>
      {view.problem ? (
        <div className={`${layout.notice} ${tones.bad}`} role="alert" data-testid="network-problem">
          <p>{t("network.problem", { problem: told(t, view.problem, "network.problem.") })}</p>
        </div>
      ) : null}
      <TextField
        label={t("network.ca")}
        help={t("network.ca.help")}
        placeholder="/etc/ssl/certs/corporate-root.pem"
        data-testid="network-ca"
        value={caFile}
        onChange={(event) => setCaFile(event.target.value)}
      />
      <TextField
        label={t("network.proxy")}
        help={t("network.proxy.help")}
        placeholder="http://proxy.example:3128"
        inputMode="url"
        data-testid="network-proxy"
        value={proxy}
        onChange={(event) => setProxy(event.target.value)}
      />
      <Problem error={set.error} />
      <div className={layout.row}>
        <Button type="submit" look="primary" data-testid="network-save" disabled={set.isPending}>
          {t("action.save")}
        </Button>
      </div>
      <InForce view={view} />
    </form>
  );
}

function InForce({ view }: { view: NetworkView }) {
  const { t } = useMessages();
  const file = view.problem ? undefined : view.settings.ca_file;
  return (
    <section aria-label={t("network.force")} data-testid="network-force">
      <h3>{t("network.force")}</h3>
      <p>{view.through ? t("network.force.through", { proxy: view.through }) : t("network.force.direct")}</p>
      <p>{file ? t("network.force.ca", { file }) : t("network.force.system")}</p>
    </section>
  );
}
