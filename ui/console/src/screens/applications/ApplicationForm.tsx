// The form of an application: name, type, allowed origins. The back end judges what is typed.
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, SelectField, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ApplicationCreated, ApplicationKind, ApplicationView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";

interface Props {
  application: ApplicationView | null;
  onCancel: () => void;
  onSaved: () => void;
  onCreated: (created: ApplicationCreated) => void;
}

export function ApplicationForm({ application, onCancel, onSaved, onCreated }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const [name, setName] = useState(application?.name ?? "");
  const [kind, setKind] = useState<ApplicationKind>(application?.kind ?? "email");
  const [origins, setOrigins] = useState(application?.origins ?? []);
  const [typed, setTyped] = useState("");
  const add = useAct("application_add");
  const update = useAct("application_update");
  const save = (event: FormEvent) => {
    event.preventDefault();
    // An origin typed and not yet added is meant.
    const all = typed.trim() === "" ? origins : [...origins, typed.trim()];
    if (!application) return add.mutate({ name, kind, origins: all }, { onSuccess: onCreated });
    update.mutate(
      { application: application.id, name, kind, origins: all },
      {
        onSuccess: () => {
          desk.say(t("apps.saved"));
          onSaved();
        },
      },
    );
  };
  return (
    <form className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`} onSubmit={save}>
      <h2>{application?.name ?? t("apps.new")}</h2>
      <TextField
        label={t("apps.name")}
        data-testid="app-name"
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField
        label={t("apps.kind")}
        value={kind}
        onChange={(event) => setKind(event.target.value as ApplicationKind)}
      >
        {(["email", "page", "popup"] as const).map((each) => (
          <option key={each} value={each}>
            {t(`app.kind.${each}`)}
          </option>
        ))}
      </SelectField>
      <section className={layout.stack} aria-label={t("apps.origins")}>
        <h3>{t("apps.origins")}</h3>
        {origins.length === 0 ? <p className="soft">{t("apps.origins.none")}</p> : null}
        <ul className={layout.stack}>
          {origins.map((origin) => (
            <li key={origin} className={layout.row}>
              <code>{origin}</code>
              <Button
                aria-label={`${t("action.remove")} ${origin}`}
                onClick={() => setOrigins(origins.filter((each) => each !== origin))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
        <TextField
          label={t("apps.origin")}
          help={t("apps.origins.help")}
          data-testid="origin-input"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div>
          <Button
            data-testid="origin-add"
            disabled={typed.trim() === ""}
            onClick={() => {
              setOrigins([...new Set([...origins, typed.trim()])]);
              setTyped("");
            }}
          >
            {t("action.add")}
          </Button>
        </div>
      </section>
      <Problem error={add.error ?? update.error} />
      <div className={layout.row}>
        <Button
          type="submit"
          look="primary"
          data-testid="app-save"
          disabled={add.isPending || update.isPending}
        >
          {t("action.save")}
        </Button>
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}
