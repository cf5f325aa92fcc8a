// Import: a file is named, read by the back end, shown as what it would change, and applied as it was shown. What stands in
// the file never comes here; of keys only that they are there.
import { type FormEvent, useRef, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { SecretField } from "../../components/SecretField";
import { Problem } from "../../components/states";
import type { ImportPreview } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { ImportChanges } from "./ImportChanges";
import { PathField } from "./PathField";

export function Import() {
  const { t } = useMessages();
  const desk = useDesk();
  const field = useRef<HTMLInputElement>(null);
  const [path, setPath] = useState("");
  const [application, setApplication] = useState("");
  const [env, setEnv] = useState("");
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const applications = useRead("application_list", {}).data?.items ?? [];
  const look = useSecretAct("import_preview");
  const apply = useAct("import_apply");
  const discard = useAct("import_discard");
  /** The back end holds what was looked at, keys among it: not for longer than it is wanted. */
  const forget = () => {
    if (preview) discard.mutate({ import: preview.id });
    setPreview(null);
  };
  const read = (event?: FormEvent) => {
    event?.preventDefault();
    if (!path.trim() || look.isPending) return;
    forget();
    apply.reset();
    const typed = field.current?.value ? [field.current] : [];
    const request = ([id]: string[]) => ({
      path: path.trim(),
      ...(application ? { application } : {}),
      ...(env.trim() ? { env: env.trim() } : {}),
      ...(id ? { passphrase: id } : {}),
    });
    look.act(typed, request, { onSuccess: setPreview });
  };
  const confirm = (shown: ImportPreview) =>
    apply.mutate(
      { import: shown.id },
      {
        onSuccess: () => {
          setPreview(null);
          desk.say(t("import.done"));
        },
      },
    );
  return (
    <form
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      aria-label={t("import.title")}
      onSubmit={read}
    >
      <div>
        <h2>{t("import.title")}</h2>
        <p className="soft">{t("import.about")}</p>
      </div>
      <PathField
        label={t("import.path")}
        placeholder="/home/ada/addon-console-settings.json"
        testId="import-path"
        purpose="import"
        path={path}
        onPath={setPath}
      />
      <details>
        <summary data-testid="import-more">{t("import.more")}</summary>
        <div className={layout.stack}>
          <label className={layout.stack}>
            <span>{t("import.application")}</span>
            <select
              data-testid="import-application"
              value={application}
              onChange={(event) => setApplication(event.target.value)}
            >
              <option value="">{t("app.none")}</option>
              {applications.map((each) => (
                <option key={each.id} value={each.name}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
          <TextField
            label={t("import.env")}
            placeholder="/home/ada/litellm/.env"
            data-testid="import-env"
            value={env}
            onChange={(event) => setEnv(event.target.value)}
          />
          <SecretField
            label={t("import.passphrase")}
            help={t("import.passphrase.help")}
            data-testid="import-passphrase"
            field={field}
            onLength={() => look.reset()}
            onEnter={() => read()}
          />
        </div>
      </details>
      <Problem error={look.error ?? apply.error} />
      <div className={layout.row}>
        <Button type="submit" data-testid="import-look" disabled={!path.trim() || look.isPending}>
          {t("import.look")}
        </Button>
        <span role="status">{look.isPending ? `${t("import.reading")}…` : null}</span>
      </div>
      {preview ? (
        <ImportChanges
          preview={preview}
          busy={apply.isPending}
          onApply={() => confirm(preview)}
          onCancel={forget}
        />
      ) : null}
    </form>
  );
}
