// One AddOn as a card: what it is, who answers for it, its switch and its state. Editing is the screen's.
import {
  Blocks,
  Bot,
  Image,
  Languages,
  type LucideIcon,
  MessageSquarePlus,
  PenLine,
  Sparkles,
} from "lucide-react";
import { useDesk } from "../../app/desk";
import { Button, Pill, Switch, type Tone } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { AddOnState, AddOnView, ApiError, ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { sentence, told, useMessages } from "../../messages";
import css from "./addons.module.css";
import { answers } from "./answers";

const tones: Record<AddOnState, Tone> = {
  available: "neutral",
  off: "neutral",
  "needs-provider": "warn",
  "key-rejected": "bad",
  ready: "ok",
};

const icons: Record<string, LucideIcon> = {
  "ai-integration": PenLine,
  "custom-ai-integration": MessageSquarePlus,
  "ai-alt-text": Image,
  "ai-image-generation": Sparkles,
  "ai-translation": Languages,
  "ai-agent": Bot,
};

interface Props {
  application: string;
  addon: AddOnView;
  /** The AddOn that is on and keeps this one off. */
  excludedBy?: AddOnView | undefined;
  providers: ProviderView[];
  /** In the gallery: the names of the types able to serve it. Elsewhere the card says less. */
  able?: string[];
  onEdit?: () => void;
}

export function AddOnCard({ application, addon, excludedBy, providers, able, onEdit }: Props) {
  const { t, language } = useMessages();
  const desk = useDesk();
  const install = useAct("addon_install");
  const update = useAct("addon_update");
  const onError = (error: ApiError) => desk.say(sentence(t, error));
  const { handle, title } = addon;
  const Icon = icons[handle] ?? Blocks;
  const installed = addon.state !== "available";
  const swap = (other: AddOnView) =>
    update.mutate(
      { application, handle: other.handle, enabled: false },
      { onSuccess: () => update.mutate({ application, handle, enabled: true }, { onError }), onError },
    );
  return (
    <li className={`${layout.card} ${css.card}`} data-testid={`addon-card-${handle}`}>
      <span className={css.icon}>
        <Icon aria-hidden />
      </span>
      <div className={css.what}>
        <h2>{title}</h2>
        {able ? <p>{told(t, addon.about, "addon.")}</p> : null}
        <p>{answers(t, addon, providers, able, language)}</p>
        {excludedBy ? (
          <div className={css.excluded} data-testid={`addon-excluded-${handle}`}>
            <p>{t("addon.excluded", { other: excludedBy.title })}</p>
            {installed && able ? (
              <Button
                data-testid={`addon-swap-${handle}`}
                disabled={update.isPending}
                onClick={() => swap(excludedBy)}
              >
                {t("addon.swap", { other: excludedBy.title })}
              </Button>
            ) : null}
          </div>
        ) : null}
      </div>
      <div className={css.right}>
        {installed ? (
          <Switch
            label={t("addon.switch", { name: title })}
            data-testid={`addon-switch-${handle}`}
            checked={addon.enabled}
            disabled={update.isPending || (excludedBy !== undefined && !addon.enabled)}
            onChange={(event) =>
              update.mutate({ application, handle, enabled: event.target.checked }, { onError })
            }
          />
        ) : (
          <Button
            data-testid={`addon-install-${handle}`}
            disabled={install.isPending}
            onClick={() => install.mutate({ application, handle }, { onError })}
          >
            {t("addon.install")}
          </Button>
        )}
        <Pill tone={tones[addon.state]}>{t(`addon.state.${addon.state}`)}</Pill>
        {installed && onEdit ? (
          <Button
            data-testid={`addon-edit-${handle}`}
            aria-label={t("addon.edit", { name: title })}
            onClick={onEdit}
          >
            {t("action.edit")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
