// Edits one AddOn: its providers in the order they are asked, and its settings in Beefree's own names.
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, SelectField } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { CopyButton, Problem } from "../../components/states";
import type { AddOnView, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";
import css from "./addons.module.css";
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
  const [removing, setRemoving] = useState(false);
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const update = useAct("addon_update");
  const remove = useAct("addon_remove");
  const name = addonName(t, addon.handle);
  const save = () => {
    // What was emptied goes back to Beefree's default.
    const cleared = Object.keys(addon.settings).filter((key) => !(key in settings));
    const changes = { ...settings, ...Object.fromEntries(cleared.map((key) => [key, null])) };
    update.mutate(
      { application, handle: addon.handle, providers: chosen, settings: changes },
      {
        onSuccess: () => {
          desk.say(t("addon.saved"));
          onDone();
        },
      },
    );
  };
  return (
    <div className={`${layout.card} ${layout.padded} ${layout.stack} ${layout.form}`}>
      <div className={`${layout.row} ${layout.spread}`}>
        <h2>{name}</h2>
        <div className={layout.row}>
          {t("addon.handle")} <code>{addon.handle}</code>
          <CopyButton text={addon.handle} label={t("action.copy")} />
        </div>
      </div>
      {addon.needs_provider ? (
        <Order
          chosen={chosen}
          able={providers.filter((provider) => addon.provider_kinds.includes(provider.kind))}
          change={setChosen}
        />
      ) : (
        <p className="soft">{t("addon.providers.host")}</p>
      )}
      {addon.excludes ? (
        <p className="soft">{t("addon.excludes", { name: addonName(t, addon.excludes) })}</p>
      ) : null}
      <h3>{t("addon.settings")}</h3>
      <p className="soft">{t("addon.settings.help")}</p>
      <div className={css.settings}>
        {addon.setting_types.map((setting) => (
          <SettingField
            key={setting.name}
            setting={setting}
            value={settings[setting.name]}
            report={(wrong) => {
              const names = new Set(broken);
              if (wrong) names.add(setting.name);
              else names.delete(setting.name);
              setBroken(names);
            }}
            change={(value) => {
              const { [setting.name]: _, ...rest } = settings;
              setSettings(value === undefined ? rest : { ...rest, [setting.name]: value });
            }}
          />
        ))}
      </div>
      <Problem error={update.error ?? remove.error} />
      <div className={layout.row}>
        <Button
          look="primary"
          data-testid="addon-save"
          disabled={update.isPending || broken.size > 0}
          onClick={save}
        >
          {t("action.save")}
        </Button>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
        <Button look="danger" onClick={() => setRemoving(true)}>
          {t("addon.remove")}
        </Button>
      </div>
      {removing ? (
        <Confirm
          title={t("addon.remove.title", { name })}
          action={t("action.remove")}
          busy={remove.isPending}
          onClose={() => setRemoving(false)}
          onConfirm={() => remove.mutate({ application, handle: addon.handle }, { onSettled: onDone })}
        >
          <p>{t("addon.remove.body")}</p>
        </Confirm>
      ) : null}
    </div>
  );
}

function Order(props: { chosen: string[]; able: ProviderView[]; change: (chosen: string[]) => void }) {
  const { t } = useMessages();
  const { chosen, able, change } = props;
  const free = able.filter((provider) => !chosen.includes(provider.id));
  const swap = (at: number, to: number) => {
    const next = [...chosen];
    next.splice(to, 0, ...next.splice(at, 1));
    change(next);
  };
  return (
    <section aria-label={t("addon.providers")} className={layout.stack}>
      <h3>{t("addon.providers")}</h3>
      {able.length === 0 ? <p className="soft">{t("addon.providers.unable")}</p> : null}
      {chosen.length > 1 ? <p className="soft">{t("addon.providers.order")}</p> : null}
      {able.length > 0 && chosen.length === 0 ? <p className="soft">{t("addon.providers.none")}</p> : null}
      <ol className={css.order}>
        {chosen.map((id, at) => (
          <li key={id}>
            <span>
              {at + 1}. {able.find((provider) => provider.id === id)?.name ?? id}
            </span>
            <Button aria-label={t("action.up")} disabled={at === 0} onClick={() => swap(at, at - 1)}>
              <ArrowUp aria-hidden />
            </Button>
            <Button
              aria-label={t("action.down")}
              disabled={at === chosen.length - 1}
              onClick={() => swap(at, at + 1)}
            >
              <ArrowDown aria-hidden />
            </Button>
            <Button
              aria-label={t("action.remove")}
              onClick={() => change(chosen.filter((each) => each !== id))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
      {free.length > 0 ? (
        <SelectField
          label={t("addon.providers.choose")}
          data-testid="addon-provider"
          value=""
          onChange={(event) => change([...chosen, event.target.value])}
        >
          <option value="" disabled>
            –
          </option>
          {free.map((provider) => (
            <option key={provider.id} value={provider.id}>
              {provider.name}
            </option>
          ))}
        </SelectField>
      ) : null}
    </section>
  );
}
