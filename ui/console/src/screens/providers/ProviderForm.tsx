// Adds a provider. Which fields it shows follows from the type's own description; saving tests it first.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Check, SelectField, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderKindView, StagedKey } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";
import { draftOf, isPlainHttpElsewhere, type Values } from "./draft";
import { KeyField } from "./KeyField";
import { ProviderFields } from "./ProviderFields";
import { TestResult } from "./TestResult";

interface Props {
  application: string;
  kinds: ProviderKindView[];
  onDone: () => void;
}

export function ProviderForm({ application, kinds, onDone }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const [kindWord, setKind] = useState(kinds[0]?.kind ?? "");
  const [name, setName] = useState("");
  const [values, setValues] = useState<Values>({});
  const [plainHttp, setPlainHttp] = useState(false);
  const [staged, setStaged] = useState<StagedKey | null>(null);
  const test = useAct("provider_test");
  const add = useAct("provider_add");
  const kind = kinds.find((each) => each.kind === kindWord);
  if (!kind) return null;
  const draft = draftOf(application, kind, { name, values, plainHttp, staged });
  const keyMissing = kind.key === "required" && !staged;
  // The list of models needs what the provider's server needs, and a name is none of it.
  const ask = keyMissing ? null : { draft: { ...draft, name: draft.name || "draft" } };
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
        help={t("providers.serves", { addons: kind.addons.map((handle) => addonName(t, handle)).join(", ") })}
        data-testid="provider-kind"
        value={kind.kind}
        onChange={(event) => {
          setKind(event.target.value);
          setValues({});
        }}
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
      {kind.key === "none" ? null : (
        <>
          <KeyField staged={staged} onStaged={setStaged} hint={kind.key_hint} pattern={kind.key_pattern} />
          <small className="soft">
            {kind.key === "optional"
              ? t("providers.key.optional")
              : t("providers.key.get", { url: kind.key_url })}
          </small>
        </>
      )}
      <ProviderFields kind={kind} values={values} change={setValues} ask={ask} />
      {isPlainHttpElsewhere(values["base-url"] ?? "") ? (
        <Check
          label={t("providers.plain-http")}
          checked={plainHttp}
          onChange={(event) => setPlainHttp(event.target.checked)}
        />
      ) : null}
      {test.isPending ? <p role="status">{t("providers.testing")}…</p> : null}
      {failed ? <TestResult report={test.data} /> : null}
      <Problem error={test.error ?? add.error} />
      <div className={layout.row}>
        <Button
          type="submit"
          look="primary"
          data-testid="provider-save"
          disabled={test.isPending || add.isPending || keyMissing}
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
