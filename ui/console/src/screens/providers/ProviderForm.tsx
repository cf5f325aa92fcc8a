// Adds a provider. Which fields it shows follows from the type's own description; saving tests the key first.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Check, ComboField, SelectField, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderAdd, ProviderKindView, StagedKey } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { KeyField } from "./KeyField";
import { TestResult } from "./TestResult";

interface Props {
  application: string;
  kinds: ProviderKindView[];
  onDone: () => void;
}

export function ProviderForm({ application, kinds, onDone }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const [kindWord, setKind] = useState(kinds.find((each) => each.needs_key)?.kind ?? kinds[0]?.kind ?? "");
  const [name, setName] = useState("");
  const [model, setModel] = useState("");
  const [baseUrl, setBaseUrl] = useState("");
  const [plainHttp, setPlainHttp] = useState(false);
  const [staged, setStaged] = useState<StagedKey | null>(null);
  const test = useAct("provider_test");
  const add = useAct("provider_add");
  const kind = kinds.find((each) => each.kind === kindWord);
  if (!kind) return null;
  const draft: ProviderAdd = {
    application,
    name,
    kind: kind.kind,
    plain_http_allowed: plainHttp,
    ...(baseUrl.trim() ? { base_url: baseUrl } : {}),
    ...(model.trim() ? { model } : {}),
    ...(staged ? { key: staged.id } : {}),
  };
  const save = () =>
    add.mutate(draft, {
      onSuccess: (provider) => {
        desk.say(t("providers.saved", { name: provider.name }));
        onDone();
      },
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind.local) return save();
    test.mutate({ draft }, { onSuccess: (report) => report.ok && save() });
  };
  const failed = test.data && !test.data.ok;
  return (
    <form
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      onSubmit={submit}
      onChange={() => test.reset()}
    >
      <h2>{t("providers.new")}</h2>
      <SelectField
        label={t("providers.kind")}
        data-testid="provider-kind"
        value={kind.kind}
        onChange={(event) => setKind(event.target.value)}
      >
        {kinds.map((each) => (
          <option key={each.kind} value={each.kind}>
            {each.title}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("providers.name")}
        help={t("providers.name.help")}
        data-testid="provider-name"
        required
        minLength={3}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {kind.local ? <p className="soft">{t("providers.local")}</p> : null}
      {kind.needs_key ? (
        <>
          <KeyField staged={staged} onStaged={setStaged} hint={kind.key_hint} />
          <small className="soft">{t("providers.key.get", { url: kind.key_url })}</small>
        </>
      ) : null}
      {kind.local ? null : (
        <>
          <ComboField
            label={t("providers.model")}
            help={t("providers.model.help", { model: kind.default_model ?? "–" })}
            data-testid="provider-model"
            options={kind.models}
            value={model}
            onChange={(event) => setModel(event.target.value)}
          />
          <TextField
            label={t("providers.base-url")}
            help={t("providers.base-url.help", { url: kind.base_url })}
            data-testid="provider-base-url"
            inputMode="url"
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.target.value)}
          />
          {isPlainHttpElsewhere(baseUrl) ? (
            <Check
              label={t("providers.plain-http")}
              checked={plainHttp}
              onChange={(event) => setPlainHttp(event.target.checked)}
            />
          ) : null}
        </>
      )}
      {test.isPending ? <p role="status">{t("providers.testing")}…</p> : null}
      {failed ? <TestResult report={test.data} /> : null}
      <Problem error={test.error ?? add.error} />
      <div className={layout.row}>
        <Button
          type="submit"
          look="primary"
          data-testid="provider-save"
          disabled={test.isPending || add.isPending || (kind.needs_key && !staged)}
        >
          {t("action.save")}
        </Button>
        {failed ? (
          <Button data-testid="provider-save-anyway" onClick={save}>
            {t("providers.save-anyway")}
          </Button>
        ) : null}
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}

/** Whether consent must be asked; the back end decides, this only shows the question. */
function isPlainHttpElsewhere(url: string): boolean {
  return /^\s*http:\/\//i.test(url) && !/^\s*http:\/\/(localhost|127\.[\d.]+|\[::1\])([:/]|\s*$)/i.test(url);
}
