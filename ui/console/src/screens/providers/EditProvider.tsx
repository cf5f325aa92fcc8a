// Changes what a provider's key is not bound to: name, model, options. Another server needs the key again.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, TextField } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderKindView, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { optionsOf, type Values } from "./draft";
import { ProviderFields } from "./ProviderFields";

export function EditProvider(props: { provider: ProviderView; kind: ProviderKindView; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const { provider, kind, onClose } = props;
  const [name, setName] = useState(provider.name);
  const [values, setValues] = useState<Values>({ ...provider.options, model: provider.model ?? "" });
  const update = useAct("provider_update");
  const save = () =>
    update.mutate(
      { provider: provider.id, name, model: values.model ?? "", options: optionsOf(kind, values) },
      {
        onSuccess: () => {
          desk.say(t("providers.saved", { name }));
          onClose();
        },
      },
    );
  return (
    <Dialog title={t("providers.edit.title", { name: provider.name })} onClose={onClose}>
      <TextField
        label={t("providers.name")}
        help={t("providers.name.help")}
        data-testid="provider-edit-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <ProviderFields
        kind={kind}
        values={values}
        change={setValues}
        ask={{ stored: provider.id }}
        without={["base-url"]}
      />
      <Problem error={update.error} />
      <div className={`${layout.row} ${layout.end}`}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        <Button look="primary" data-testid="provider-edit-save" disabled={update.isPending} onClick={save}>
          {t("action.save")}
        </Button>
      </div>
    </Dialog>
  );
}
