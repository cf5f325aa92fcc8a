// Export: settings to a file that people can read, keys to one that a passphrase opens. Both are written by the back end.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { Exported } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { LENGTH_MIN, NewPassphrase, usePassphrase } from "../security/NewPassphrase";
import { PathField } from "./PathField";

export function Exports() {
  const { t } = useMessages();
  const desk = useDesk();
  const write = useAct("settings_export");
  const [path, setPath] = useState("");
  const written = (file: Exported) => desk.say(t("export.done", { path: file.path }));
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      aria-label={t("export.title")}
    >
      <div>
        <h2>{t("export.title")}</h2>
        <p className="soft">{t("export.about")}</p>
      </div>
      <PathField
        label={t("export.path")}
        help={t("export.path.help")}
        placeholder={t("export.downloads")}
        testId="export-path"
        purpose="settings"
        path={path}
        onPath={setPath}
      />
      <Problem error={write.error} />
      <div className={layout.row}>
        <Button
          data-testid="export-settings"
          disabled={write.isPending}
          onClick={() =>
            write.mutate(
              { replace: false, ...(path.trim() ? { path: path.trim() } : {}) },
              { onSuccess: written },
            )
          }
        >
          {t("export.settings")}
        </Button>
        {write.data ? (
          <span role="status" data-testid="export-written">
            {t("export.done", { path: write.data.path })}
          </span>
        ) : null}
      </div>
      <KeysExport />
    </section>
  );
}

function KeysExport() {
  const { t } = useMessages();
  const open = useRead("vault_status", {}).data?.state === "open";
  const passphrase = usePassphrase();
  const write = useSecretAct("keys_export");
  const save = () => {
    if (write.isPending || !passphrase.ready()) return;
    write.act([passphrase.take()], ([id = ""]) => ({ replace: false, passphrase: id }));
  };
  return (
    <details>
      <summary data-testid="export-keys-open">{t("export.keys")}</summary>
      <div className={layout.stack}>
        <p>{t("export.keys.about")}</p>
        <NewPassphrase passphrase={passphrase} onEnter={save} />
        <Problem error={write.error} />
        <div className={layout.row}>
          <Button
            data-testid="export-keys"
            disabled={!open || passphrase.length < LENGTH_MIN || write.isPending}
            onClick={save}
          >
            {t("export.keys.act")}
          </Button>
          <span role="status" data-testid="keys-written">
            {write.isPending ? `${t("export.busy")}…` : null}
            {write.data ? t("export.done", { path: write.data.path }) : null}
            {open ? null : t("export.keys.shut")}
          </span>
        </div>
      </div>
    </details>
  );
}
