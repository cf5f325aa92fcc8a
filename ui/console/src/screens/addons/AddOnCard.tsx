// One AddOn as a card: what it is, who answers for it, its switch and its state. Editing is the screen's.
import { useDesk } from "../../app/desk";
import { Button, Pill, Switch, type Tone } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { AddOnState, AddOnView, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, sentence, type Translate, useMessages, wording } from "../../messages";
import css from "../overview/overview.module.css";

const tones: Record<AddOnState, Tone> = {
  available: "neutral",
  off: "neutral",
  "needs-provider": "warn",
  "key-rejected": "bad",
  ready: "ok",
};

export function AddOnCard(props: {
  application: string;
  addon: AddOnView;
  providers: ProviderView[];
  onEdit?: () => void;
}) {
  const { t } = useMessages();
  const desk = useDesk();
  const { addon, application } = props;
  const name = addonName(t, addon.handle);
  const install = useAct("addon_install");
  const update = useAct("addon_update");
  const onError = (error: Parameters<typeof sentence>[1]) => desk.say(sentence(t, error));
  const asked = props.providers.find((provider) => provider.id === addon.providers[0]);
  const installed = addon.state !== "available";
  return (
    <li className={`${layout.card} ${css.card}`} data-testid={`addon-card-${addon.handle}`}>
      <div>
        <h2>{name}</h2>
        <p>{wording(t, `addon.${addon.handle}.body`, addon.about)}</p>
        {asked ? <p className="soft">{answers(t, asked.name, addon.providers.length - 1)}</p> : null}
      </div>
      <div className={css.right}>
        {installed ? (
          <Switch
            label={t("addon.switch", { name })}
            data-testid={`addon-switch-${addon.handle}`}
            checked={addon.enabled}
            disabled={update.isPending}
            onChange={(event) =>
              update.mutate({ application, handle: addon.handle, enabled: event.target.checked }, { onError })
            }
          />
        ) : (
          <Button
            data-testid={`addon-install-${addon.handle}`}
            disabled={install.isPending}
            onClick={() => install.mutate({ application, handle: addon.handle }, { onError })}
          >
            {t("addon.install")}
          </Button>
        )}
        <Pill tone={tones[addon.state]}>{t(`addon.state.${addon.state}`)}</Pill>
        {installed && props.onEdit ? (
          <Button data-testid={`addon-edit-${addon.handle}`} onClick={props.onEdit}>
            {t("action.edit")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** Who answers, and how many stand behind. */
function answers(t: Translate, name: string, more: number): string {
  return more > 0 ? t("addon.answers.more", { name, n: more }) : t("addon.answers", { name });
}
