// Changes a stored provider: its name, its model, its options. Its server and its key are bound together and stay.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { KeyGate } from "../../app/KeyGate";
import { useVault, whyShut } from "../../app/vault";
import { Button, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderKindView, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { MODEL, options, type Values } from "./draft";
import { KindFields } from "./KindFields";
import { TestResult } from "./TestResult";

interface Props {
  provider: ProviderView;
  kind: ProviderKindView;
  onDone: () => void;
}

export function ProviderEditor({ provider, kind, onDone }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const [name, setName] = useState(provider.name);
  const [values, setValues] = useState<Values>(() => valuesOf(provider, kind));
  const update = useAct("provider_update");
  const test = useAct("provider_test");
  const why = whyShut(useVault());
  const shut = why !== null && provider.key_tail !== null;
  const hasModel = kind.fields.some((field) => field.name === MODEL);
  const save = (then: () => void) =>
    update.mutate(
      {
        provider: provider.id,
        name,
        ...(hasModel ? { model: values[MODEL]?.trim() ?? "" } : {}),
        options: options(kind, values),
      },
      {
        onSuccess: () => {
          desk.say(t("providers.saved", { name }));
          then();
        },
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind.local) return save(onDone);
    // The stored key is tested with what was just saved; a test that fails is shown before the form goes.
    save(() => test.mutate({ stored: provider.id }, { onSuccess: (report) => report.ok && onDone() }));
  };
  const busy = update.isPending || test.isPending;
  return (
    <form
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      onSubmit={submit}
      onChange={() => test.reset()}
    >
      <div>
        <h2>{t("providers.edit.title", { name: provider.name })}</h2>
        <p className="soft">
          {provider.kind_title}
          {provider.base_url ? " · " : ""}
          <code>{provider.base_url}</code>
        </p>
      </div>
      <TextField
        label={t("providers.name")}
        data-testid="provider-name"
        required
        minLength={3}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <KindFields
        kind={kind}
        values={values}
        change={setValues}
        ask={kind.local || shut ? null : { stored: provider.id }}
        cannot={shut ? why : null}
      />
      {kind.local ? null : <small className="soft">{t("providers.edit.bound")}</small>}
      <div role="status">
        {test.isPending ? <p>{t("providers.testing")}…</p> : null}
        {test.data && !busy ? <TestResult report={test.data} data-testid="test-result" /> : null}
      </div>
      <Problem error={update.error ?? test.error} />
      {shut ? <KeyGate /> : null}
      <div className={layout.row}>
        <Button type="submit" look="primary" data-testid="provider-save" disabled={busy || shut}>
          {t(kind.local ? "action.save" : "providers.save-and-test")}
        </Button>
        {kind.local ? null : (
          <Button data-testid="provider-save-only" disabled={busy} onClick={() => save(onDone)}>
            {t("action.save")}
          </Button>
        )}
        <Button onClick={onDone}>{t(test.data ? "action.close" : "action.cancel")}</Button>
      </div>
    </form>
  );
}

/** What the provider has, by the field's name. A model nobody chose is left empty: the type's own is asked. */
function valuesOf(provider: ProviderView, kind: ProviderKindView): Values {
  const model = provider.model === kind.default_model ? null : provider.model;
  return { ...provider.options, ...(model ? { [MODEL]: model } : {}) };
}
