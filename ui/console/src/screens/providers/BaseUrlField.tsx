// Asks for the server. What is pasted is split by the back end, and what it named besides shows in the other fields.
import { useRef, useState } from "react";
import { TextField } from "../../components/controls";
import type { Field, ProviderKindView, SplitUrl } from "../../ipc/generated";
import { useHost } from "../../ipc/host";
import { told, useMessages } from "../../messages";
import { fieldLabel } from "./labels";
import css from "./providers.module.css";

interface Props {
  kind: ProviderKindView;
  field: Field;
  value: string;
  change: (value: string) => void;
  /** Takes what an address says; gives back the names of the fields it filled. */
  take: (split: SplitUrl) => string[];
}

export function BaseUrlField({ kind, field, value, change, take }: Props) {
  const { t } = useMessages();
  const host = useHost();
  const [filled, setFilled] = useState<string[]>([]);
  const asked = useRef("");
  const now = useRef(value);
  now.current = value;
  const split = (url: string) => {
    if (url.trim() === "" || url === asked.current) return;
    asked.current = url;
    now.current = url;
    host.call("provider_split_url", { kind: kind.kind, url }).then(
      (found) => {
        // Somebody went on typing: what they type now will be split in its turn.
        if (now.current !== url) return;
        asked.current = found.base_url;
        const names = take(found);
        if (found.base_url !== url || names.length > 0) setFilled([field.name, ...names]);
      },
      // A wrong address is named when it is tested.
      () => undefined,
    );
  };
  const labels = kind.fields
    .filter((each) => filled.includes(each.name))
    .map((each) => told(t, each.label, "field."));
  return (
    <TextField
      label={fieldLabel(t, field)}
      // In the hint's place: a line more would move what is about to be clicked.
      help={
        <span role="status" data-testid="provider-split" className={labels.length > 0 ? css.done : ""}>
          {labels.length > 0
            ? t("providers.split", { fields: labels.join(", ") })
            : told(t, field.hint, "field.")}
        </span>
      }
      placeholder={kind.base_url || field.placeholder}
      required={field.required}
      inputMode="url"
      data-testid={`provider-${field.name}`}
      value={value}
      onChange={(event) => {
        setFilled([]);
        change(event.target.value);
        const { inputType } = event.nativeEvent as InputEvent;
        if (inputType === "insertFromPaste") split(event.target.value);
      }}
      onBlur={(event) => split(event.target.value)}
    />
  );
}
