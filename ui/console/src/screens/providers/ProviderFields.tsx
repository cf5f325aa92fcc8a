// The fields a provider's type asks for, made from its descriptor alone: a type added in Rust needs no line here.
import { useState } from "react";
import { Button, ComboField, type Offer, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { Field, ModelList, ProviderKindView, ProviderTest } from "../../ipc/generated";
import { useHost } from "../../ipc/host";
import { useAct } from "../../ipc/queries";
import { causeWords, sentence, type Translate, useMessages, wording } from "../../messages";
import type { Values } from "./draft";

interface Props {
  kind: ProviderKindView;
  values: Values;
  change: (values: Values) => void;
  /** What to ask for the list of models; absent while nothing can be asked yet. */
  ask: ProviderTest | null;
  /** Fields that cannot be changed any more. */
  without?: string[];
}

export function ProviderFields({ kind, values, change, ask, without = [] }: Props) {
  const { t } = useMessages();
  const host = useHost();
  const split = (typed: string) => {
    if (!typed.trim()) return;
    const spread = (parts: { base_url: string; model: string | null; options: Values }) =>
      change({
        ...values,
        ...parts.options,
        "base-url": parts.base_url,
        ...(parts.model ? { model: parts.model } : {}),
      });
    // What cannot be split stays as it was typed; saving says what is wrong with it.
    host.call("provider_split_url", { kind: kind.kind, url: typed }).then(spread, () => undefined);
  };
  const fields = kind.fields.filter((field) => !without.includes(field.name));
  return fields.map((field) => {
    const shared = {
      label: label(t, field),
      help: help(t, kind, field),
      "data-testid": `provider-${field.name}`,
      required: field.required,
      value: values[field.name] ?? "",
      onChange: (event: { target: { value: string } }) =>
        change({ ...values, [field.name]: event.target.value }),
    };
    if (field.name === "model") return <ModelField key={field.name} kind={kind} ask={ask} shared={shared} />;
    if (field.name === "base-url") {
      return (
        <TextField
          key={field.name}
          {...shared}
          placeholder={field.placeholder || kind.base_url}
          inputMode="url"
          onBlur={(event) => split(event.target.value)}
        />
      );
    }
    return <TextField key={field.name} {...shared} placeholder={field.placeholder} />;
  });
}

function label(t: Translate, field: Field): string {
  const text = wording(t, `field.${field.label}`, field.label);
  return field.required ? text : t("field.optional", { label: text });
}

function help(t: Translate, kind: ProviderKindView, field: Field): string {
  const hint = wording(t, `hint.${field.hint}`, field.hint);
  if (field.name !== "model" || !kind.default_model) return hint;
  return `${hint} ${t("providers.model.help", { model: kind.default_model })}`;
}

function ModelField(props: {
  kind: ProviderKindView;
  ask: ProviderTest | null;
  shared: Parameters<typeof TextField>[0];
}) {
  const { t } = useMessages();
  const { kind, ask, shared } = props;
  const fetch = useAct("provider_models");
  const [list, setList] = useState<ModelList | null>(null);
  const offers: Offer[] = list
    ? list.items.map((item) => offer(t, item.id, item.note, item.retires_on))
    : kind.models.map((model) =>
        offer(t, model.id, model.note, kind.retired.find((one) => one.model === model.id)?.on ?? null),
      );
  const chosen = offers.find((one) => one.value === shared.value);
  return (
    <div className={layout.stack}>
      <ComboField {...shared} options={offers} />
      {chosen?.note ? <small className="soft">{chosen.note}</small> : null}
      {ask && kind.fields.some((field) => field.name === "base-url") ? (
        <div className={layout.row}>
          <Button
            data-testid="provider-models"
            disabled={fetch.isPending}
            onClick={() => fetch.mutate(ask, { onSuccess: setList })}
          >
            {t(fetch.isPending ? "providers.models.busy" : "providers.models.fetch")}
          </Button>
          <small role="status" data-testid="provider-models-state">
            {fetch.error ? sentence(t, fetch.error) : state(t, list)}
          </small>
        </div>
      ) : null}
    </div>
  );
}

function offer(t: Translate, value: string, note: string, retires: string | null): Offer {
  const end = retires ? t("providers.models.retires", { day: retires }) : "";
  const about = [note.replace(/; retires .*/, ""), end].filter(Boolean).join(" · ");
  return about ? { value, note: about } : { value };
}

function state(t: Translate, list: ModelList | null): string {
  if (!list) return "";
  if (list.cause) return t("providers.models.failed", { cause: causeWords(t, list.cause) });
  return list.fetched ? t("providers.models.found", { n: list.items.length }) : t("providers.models.none");
}
