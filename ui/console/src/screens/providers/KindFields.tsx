// The fields a provider type asks for, in its own order and words. Knows no type; two names of fields have a control of
// their own.
import { useState } from "react";
import { Check, TextField } from "../../components/controls";
import type { Field, ProviderKindView, ProviderTest } from "../../ipc/generated";
import { type MessageKey, told, useMessages } from "../../messages";
import { BaseUrlField } from "./BaseUrlField";
import { BASE_URL, isPlainHttpElsewhere, MODEL, type Values, withSplit } from "./draft";
import { fieldLabel } from "./labels";
import { ModelField } from "./ModelField";

interface Props {
  kind: ProviderKindView;
  values: Values;
  change: (values: Values) => void;
  /** Whom to ask for the models; `null` while nobody can be asked. */
  ask: ProviderTest | null;
  /** Why nobody can be asked, if it is not that something must be filled in first. */
  cannot?: MessageKey | null;
  /** Asks for the server too, which can only be chosen with the key. */
  server?: { plainHttp: boolean; agree: (agreed: boolean) => void };
}

export function KindFields({ kind, values, change, ask, cannot, server }: Props) {
  const { t } = useMessages();
  const [split, setSplit] = useState<Values>({});
  const set = (name: string) => (value: string) => change({ ...values, [name]: value });
  const of = (field: Field) => {
    const value = values[field.name] ?? "";
    if (field.name === BASE_URL) {
      return server ? (
        <div key={field.name}>
          <BaseUrlField
            kind={kind}
            field={field}
            value={value}
            change={set(field.name)}
            take={(found) => {
              const next = withSplit(kind, values, split, found);
              setSplit(next.filled);
              change(next.values);
              return Object.keys(next.filled);
            }}
          />
          {isPlainHttpElsewhere(value) ? (
            <Check
              label={t("providers.plain-http")}
              checked={server.plainHttp}
              onChange={(event) => server.agree(event.target.checked)}
            />
          ) : null}
        </div>
      ) : null;
    }
    if (field.name === MODEL) {
      return (
        <ModelField
          key={field.name}
          kind={kind}
          field={field}
          value={value}
          change={set(field.name)}
          ask={ask}
          cannot={cannot ?? "models.cannot"}
        />
      );
    }
    return (
      <TextField
        key={field.name}
        label={fieldLabel(t, field)}
        help={told(t, field.hint, "field.")}
        placeholder={field.placeholder}
        required={field.required}
        data-testid={`provider-${field.name}`}
        value={value}
        onChange={(event) => set(field.name)(event.target.value)}
      />
    );
  };
  return kind.fields.map(of);
}
