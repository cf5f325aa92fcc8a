// One setting of an AddOn, by its type, under Beefree's own name. It holds no setting: the editor does.
import { useState } from "react";
import { SelectField, TextAreaField, TextField } from "../../components/controls";
import type { Setting } from "../../ipc/generated";
import { useMessages } from "../../messages";

interface Props {
  setting: Setting;
  value: unknown;
  /** `undefined`: back to Beefree's default. */
  change: (value: unknown) => void;
  /** Told whether what stands in the field can be no value. */
  report: (wrong: boolean) => void;
}

export function SettingField(props: Props) {
  const { t } = useMessages();
  const { setting, value, change } = props;
  if (setting.of === "list") return <ListField {...props} />;
  if (setting.of === "switch") {
    return (
      <SelectField
        label={setting.name}
        value={value === undefined ? "" : String(value)}
        onChange={(event) => change(event.target.value === "" ? undefined : event.target.value === "true")}
      >
        <option value="">{t("addon.setting.default")}</option>
        <option value="true">{t("addon.setting.on")}</option>
        <option value="false">{t("addon.setting.off")}</option>
      </SelectField>
    );
  }
  const number = setting.of === "number";
  const shared = {
    label: setting.name,
    placeholder: t("addon.setting.default"),
    value: value === undefined ? "" : String(value),
  };
  const read = (text: string) => change(text === "" ? undefined : number ? Number(text) : text);
  if (setting.of === "long-text") {
    return <TextAreaField {...shared} rows={4} onChange={(event) => read(event.target.value)} />;
  }
  return (
    <TextField
      {...shared}
      type={number ? "number" : "text"}
      min={0}
      onChange={(event) => read(event.target.value)}
    />
  );
}

/** A JSON array, kept as typed until it is one. */
function ListField({ setting, value, change, report }: Props) {
  const { t } = useMessages();
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value));
  const [wrong, setWrong] = useState(false);
  return (
    <TextAreaField
      label={setting.name}
      rows={3}
      placeholder="[]"
      value={text}
      {...(wrong ? { invalid: t("addon.setting.list") } : {})}
      onChange={(event) => {
        setText(event.target.value);
        const read = asList(event.target.value);
        const bad = event.target.value.trim() !== "" && read === undefined;
        setWrong(bad);
        report(bad);
        if (!bad) change(read);
      }}
    />
  );
}

function asList(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
