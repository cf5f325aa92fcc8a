// Adds a provider. Every field follows from the type's own description; saving tests it first. Knows no type.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { KeyGate } from "../../app/KeyGate";
import { isNew, useVault, whyShut } from "../../app/vault";
import { Button, SelectField, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import { useLate } from "../../components/useLate";
import type { ProviderAdd, ProviderKindView, StagedKey } from "../../ipc/generated";
import { useHost } from "../../ipc/host";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { canAsk, forModels, typed, type Values } from "./draft";
import { KeyField } from "./KeyField";
import { KindFields } from "./KindFields";
import { PassphraseInstead } from "./PassphraseInstead";
import { TestResult } from "./TestResult";

interface Props {
  application: string;
  kinds: ProviderKindView[];
  onDone: () => void;
}

export function ProviderForm({ application, kinds, onDone }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const host = useHost();
  const [kindWord, setKind] = useState(kinds[0]?.kind ?? "");
  const [name, setName] = useState("");
  const [values, setValues] = useState<Values>({});
  const [plainHttp, setPlainHttp] = useState(false);
  const [staged, setStaged] = useState<StagedKey | null>(null);
  const test = useAct("provider_test");
  const add = useAct("provider_add");
  const vault = useVault();
  const slow = useLate(add.isPending);
  const kind = kinds.find((each) => each.kind === kindWord);
  if (!kind) return null;
  const draft: ProviderAdd = {
    ...{ application, name, kind: kind.kind, plain_http_allowed: plainHttp },
    ...typed(kind, values),
    ...(staged ? { key: staged.id } : {}),
  };
  /** What was said of another draft holds no more. */
  const anew = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      test.reset();
      add.reset();
      set(value);
    };
  };
  const choose = (word: string) => {
    // A key is for one provider: it is not offered to another.
    if (staged) void host.call("key_discard", { key: staged.id });
    setStaged(null);
    setValues({});
    setPlainHttp(false);
    setKind(word);
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
  const busy = test.isPending || add.isPending;
  // A first key and no keyring: the vault key can still be kept elsewhere, and the key stays staged meanwhile.
  const homeless = vault !== null && isNew(vault) && add.error?.code === "keyring-missing";
  const shut = staged !== null && vault !== null && !isNew(vault) && whyShut(vault) !== null;
  return (
    <form className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`} onSubmit={submit}>
      <h2>{t("providers.new")}</h2>
      <div className={layout.pair}>
        <SelectField
          label={t("providers.kind")}
          data-testid="provider-kind"
          value={kind.kind}
          onChange={(event) => anew(choose)(event.target.value)}
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
          onChange={(event) => anew(setName)(event.target.value)}
        />
      </div>
      {kind.local ? <p className="soft">{t("providers.local")}</p> : null}
      <KindFields
        key={kind.kind}
        kind={kind}
        values={values}
        change={anew(setValues)}
        ask={canAsk(kind, values, staged !== null) ? { draft: forModels(draft, kind) } : null}
        server={{ plainHttp, agree: anew(setPlainHttp) }}
      />
      {kind.key === "none" ? null : (
        <KeyField key={`key ${kind.kind}`} kind={kind} staged={staged} onStaged={anew(setStaged)} />
      )}
      <div role="status">
        {test.isPending ? <p>{t("providers.testing")}…</p> : null}
        {slow ? (
          <p>{t(vault?.custody === "keyring" ? "providers.saving.keyring" : "providers.saving")}…</p>
        ) : null}
        {test.data && !busy ? <TestResult report={test.data} data-testid="test-result" /> : null}
      </div>
      {homeless ? <PassphraseInstead onMoved={save} /> : <Problem error={test.error ?? add.error} />}
      {shut ? <KeyGate /> : null}
      <div className={layout.row}>
        <Button
          type="submit"
          look="primary"
          data-testid="provider-save"
          disabled={busy || shut || homeless || (kind.key === "required" && !staged)}
        >
          {t(kind.local ? "action.save" : "providers.test-and-save")}
        </Button>
        {failed ? (
          <Button data-testid="provider-save-anyway" disabled={busy || shut || homeless} onClick={save}>
            {t("providers.save-anyway")}
          </Button>
        ) : null}
        <Button onClick={onDone}>{t("action.cancel")}</Button>
      </div>
    </form>
  );
}
