// Asks for the model: any id may be typed, and a list helps – the type's own, or the one the provider itself gives.
import { RefreshCw } from "lucide-react";
import { Combo } from "../../components/Combo";
import { Button, Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { Field, ModelList, Price, ProviderKindView, ProviderTest } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { causeWords, type MessageKey, type Translate, told, useMessages } from "../../messages";
import { fieldLabel } from "./labels";
import css from "./providers.module.css";

interface Props {
  kind: ProviderKindView;
  field: Field;
  value: string;
  change: (value: string) => void;
  ask: ProviderTest | null;
  /** Why nobody can be asked. */
  cannot: MessageKey;
}

export function ModelField({ kind, field, value, change, ask, cannot }: Props) {
  const { t, language } = useMessages();
  const fetched = useAct("provider_models");
  const end = (id: string) => kind.retired.find((each) => each.model === id)?.on ?? null;
  const models =
    fetched.data?.items ?? kind.models.map(({ id, note }) => ({ id, note, retires_on: end(id) }));
  const chosen = value.trim() || kind.default_model || "";
  const retires = models.find((model) => model.id === chosen)?.retires_on ?? end(chosen);
  const hint = told(t, field.hint, "field.");
  const standard = field.required ? "" : kind.default_model;
  return (
    <div className={css.group}>
      <Combo
        label={fieldLabel(t, field)}
        help={standard ? `${hint} ${t("providers.model.help", { model: standard })}` : hint}
        listLabel={t("models.list")}
        placeholder={standard || field.placeholder}
        required={field.required}
        data-testid={`provider-${field.name}`}
        value={value}
        change={change}
        choices={models.map(({ id, note, retires_on }) => ({
          value: id,
          note: (
            <>
              <span className="soft">
                {told(t, note.replace(`; retires ${retires_on}`, ""), "model-note.")}
              </span>
              {retires_on ? <Pill tone="warn">{t("models.retires", { day: retires_on })}</Pill> : null}
              <small className={css.price}>
                {cost(t, kind.models.find((each) => each.id === id)?.price ?? null, language)}
              </small>
            </>
          ),
        }))}
      />
      {retires ? (
        <small className={css.odd} data-testid="model-retires">
          {t("models.retires.long", { model: chosen, day: retires })}
        </small>
      ) : null}
      {kind.local ? null : (
        <div className={layout.row}>
          <Button
            data-testid="models-fetch"
            disabled={!ask || fetched.isPending}
            onClick={() => ask && fetched.mutate(ask)}
          >
            <RefreshCw aria-hidden />
            {t("models.fetch")}
          </Button>
          <small className="soft" role="status" data-testid="models-state">
            {fetched.isPending
              ? `${t("models.fetching")}…`
              : fetched.data
                ? outcome(t, fetched.data)
                : ask
                  ? ""
                  : t(cannot)}
          </small>
        </div>
      )}
      <Problem error={fetched.error} />
    </div>
  );
}

function outcome(t: Translate, list: ModelList): string {
  if (list.fetched) return t("models.fetched", { n: list.items.length });
  return list.cause ? t("models.failed", { reason: causeWords(t, list.cause) }) : t("models.no-list");
}

function cost(t: Translate, price: Price | null, language: string): string {
  const dollars = (amount: number) =>
    amount.toLocaleString(language, { style: "currency", currency: "USD", maximumFractionDigits: 3 });
  if (!price) return "";
  if ("tokens" in price) {
    return t("models.price.tokens", { asked: dollars(price.tokens[0]), answered: dollars(price.tokens[1]) });
  }
  if ("image" in price) return t("models.price.image", { amount: dollars(price.image) });
  return t("models.price.characters", { amount: dollars(price.characters) });
}
