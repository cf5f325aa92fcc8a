// An AddOn's providers in the order they are asked. Offers only those able to serve it; saving is the editor's.
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useId, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill, SelectField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { ProviderView } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "./addons.module.css";

interface Props {
  chosen: string[];
  able: ProviderView[];
  change: (chosen: string[]) => void;
}

export function ProviderOrder({ chosen, able, change }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const id = useId();
  const [moved, setMoved] = useState("");
  const of = (provider: string) => able.find((each) => each.id === provider);
  const free = able.filter((provider) => !chosen.includes(provider.id));
  const move = (at: number, to: number) => {
    if (to < 0 || to >= chosen.length) return;
    const next = [...chosen];
    next.splice(to, 0, ...next.splice(at, 1));
    change(next);
    const name = of(next[to] ?? "")?.name ?? "";
    setMoved(t("addon.providers.moved", { name, n: to + 1, all: chosen.length }));
  };
  return (
    <section aria-label={t("addon.providers")} className={layout.stack}>
      <div>
        <h3>{t("addon.providers")}</h3>
        <p className="soft">{t("addon.providers.fallback")}</p>
      </div>
      {able.length === 0 ? (
        <div className={layout.row}>
          <p>{t("addon.providers.unable")}</p>
          <Button onClick={() => desk.go("providers", "add")}>{t("providers.add")}</Button>
        </div>
      ) : null}
      {able.length > 0 && chosen.length === 0 ? <p>{t("addon.providers.none")}</p> : null}
      <ol className={css.order}>
        {chosen.map((provider, at) => (
          <li key={provider} data-testid="addon-asked">
            <b aria-hidden>{at + 1}</b>
            <span id={`${id}-${provider}`}>
              {of(provider)?.name ?? provider} <small className="soft">{of(provider)?.kind_title}</small>
              {of(provider)?.active === false ? <Pill>{t("providers.off")}</Pill> : null}
            </span>
            {/* Not `disabled`: a button that goes grey under the focus would drop it. */}
            <Button
              aria-label={t("action.up")}
              aria-describedby={`${id}-${provider}`}
              aria-disabled={at === 0}
              onClick={() => move(at, at - 1)}
            >
              <ArrowUp aria-hidden />
            </Button>
            <Button
              aria-label={t("action.down")}
              aria-describedby={`${id}-${provider}`}
              aria-disabled={at === chosen.length - 1}
              onClick={() => move(at, at + 1)}
            >
              <ArrowDown aria-hidden />
            </Button>
            <Button
              aria-label={t("action.remove")}
              aria-describedby={`${id}-${provider}`}
              onClick={() => change(chosen.filter((each) => each !== provider))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
      <p role="status" className="unseen">
        {moved}
      </p>
      {free.length > 0 ? (
        <SelectField
          label={t(chosen.length > 0 ? "addon.providers.add" : "addon.providers.choose")}
          data-testid="addon-provider"
          value=""
          onChange={(event) => change([...chosen, event.target.value])}
        >
          <option value="" disabled>
            –
          </option>
          {free.map((provider) => (
            <option key={provider.id} value={provider.id}>
              {provider.name} ({provider.kind_title})
            </option>
          ))}
        </SelectField>
      ) : null}
    </section>
  );
}
