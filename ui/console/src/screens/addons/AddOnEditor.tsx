// Edits one AddOn: its providers in the order they are asked, and its settings in Beefree's own names.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { CopyButton, Problem } from "../../components/states";
import type { AddOnView, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { told, useMessages } from "../../messages";
import css from "./addons.module.css";
import { ProviderOrder } from "./ProviderOrder";
import { SettingField } from "./SettingField";

interface Props {
  application: string;
  addon: AddOnView;
  providers: ProviderView[];
  onDone: () => void;
}

export function AddOnEditor({ application, addon, providers, onDone }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const [chosen, setChosen] = useState(addon.providers);
  const [settings, setSettings] = useState(addon.settings);
  const [wrong, setWrong] = useState<string[]>([]);
  const [removing, setRemoving] = useState(false);
  const update = useAct("addon_update");
  const remove = useAct("addon_remove");
  const { handle, title: name } = addon;
  const save = () => {
    // What was emptied goes back to Beefree's default.
    const cleared = Object.keys(addon.settings).filter((key) => !(key in settings));
    const changes = { ...settings, ...Object.fromEntries(cleared.map((key) => [key, null])) };
    update.mutate(
      { application, handle, ...(addon.needs_provider ? { providers: chosen } : {}), settings: changes },
      {
        onSuccess: () => {
          desk.say(t("addon.saved"));
          onDone();
        },
      },
    );
  };
  return (
    <form
      className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div>
        <div className={`${layout.row} ${layout.spread}`}>
          <h2>{name}</h2>
          <div className={layout.row}>
            {t("addon.handle")} <code>{handle}</code>
            <CopyButton text={handle} label={t("action.copy")} />
          </div>
        </div>
        <p className="soft">{told(t, addon.about, "addon.")}</p>
      </div>
      {addon.needs_provider ? (
        <ProviderOrder
          chosen={chosen}
          able={providers.filter((provider) => addon.provider_kinds.includes(provider.kind))}
          change={setChosen}
        />
      ) : null}
      <div>
        <h3>{t("addon.settings")}</h3>
        <p className="soft">
          {t(addon.setting_types.length > 0 ? "addon.settings.help" : "addon.settings.none")}
        </p>
      </div>
      <div className={css.settings}>
        {addon.setting_types.map((setting) => (
          <SettingField
            key={setting.name}
            setting={setting}
            value={settings[setting.name]}
            change={(value) => {
              const { [setting.name]: _, ...rest } = settings;
              setSettings(value === undefined ? rest : { ...rest, [setting.name]: value });
            }}
            refuse={(refused) =>
              setWrong((all) => [
                ...all.filter((each) => each !== setting.name),
                ...(refused ? [setting.name] : []),
              ])
            }
          />
        ))}
      </div>
      <Problem error={update.error ?? remove.error} />
      <div className={layout.row}>
        <Button
          type="submit"
          look="primary"
          data-testid="addon-save"
          disabled={update.isPending || wrong.length > 0}
        >
          {t("action.save")}
        </Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
        <Button look="danger" className={css.remove ?? ""} onClick={() => setRemoving(true)}>
          {t("addon.remove")}
        </Button>
      </div>
      {removing ? (
        <Confirm
          title={t("addon.remove.title", { name })}
          action={t("action.remove")}
          busy={remove.isPending}
          onClose={() => setRemoving(false)}
          onConfirm={() => remove.mutate({ application, handle }, { onSettled: onDone })}
        >
          <p>{t("addon.remove.body")}</p>
        </Confirm>
      ) : null}
    </form>
  );
}
