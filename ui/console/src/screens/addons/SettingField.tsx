// One setting of an AddOn, by its type. Empty means Beefree's default: `undefined`.
import { useState } from "react";
import { AreaField, SelectField, TextField } from "../../components/controls";
import type { Setting } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "./addons.module.css";

interface Props {
  setting: Setting;
  value: unknown;
  change: (value: unknown) => void;
  /** Says whether what stands in the field cannot be saved. */
  refuse: (refused: boolean) => void;
}

const TEXT_MAX = 80;
const LONG_TEXT_MAX = 20_000;

export function SettingField({ setting, value, change, refuse }: Props) {
  const { t } = useMessages();
  const common = { label: setting.name, "data-testid": `setting-${setting.name}` };
  const empty = t("addon.setting.default");
  const text = value === undefined ? "" : String(value);
  switch (setting.of) {
    case "switch":
      return (
        <SelectField
          {...common}
          value={text}
          onChange={(event) => change(event.target.value === "" ? undefined : event.target.value === "true")}
        >
          <option value="">{empty}</option>
          <option value="true">{t("addon.setting.on")}</option>
          <option value="false">{t("addon.setting.off")}</option>
        </SelectField>
      );
    case "number":
      return (
        <TextField
          {...common}
          placeholder={empty}
          type="number"
          min={0}
          step="any"
          value={text}
          onChange={(event) => change(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
      );
    case "text":
      return (
        <TextField
          {...common}
          placeholder={empty}
          maxLength={TEXT_MAX}
          value={text}
          onChange={(event) => change(event.target.value || undefined)}
        />
      );
    case "long-text":
      return (
        <div className={css.wide}>
          <AreaField
            {...common}
            placeholder={empty}
            maxLength={LONG_TEXT_MAX}
            value={text}
            onChange={(event) => change(event.target.value || undefined)}
          />
        </div>
      );
    case "list":
      return <ListField {...common} placeholder={empty} value={value} change={change} refuse={refuse} />;
  }
}

/** A JSON array. What is typed stays as it is typed; it is taken over whenever it is one. */
function ListField(
  props: Omit<Props, "setting"> & { label: string; placeholder: string; "data-testid": string },
) {
  const { t } = useMessages();
  const { value, change, refuse, ...rest } = props;
  const [text, setText] = useState(() => (value === undefined ? "" : JSON.stringify(value, null, 2)));
  const [invalid, setInvalid] = useState<string>();
  const type = (typed: string) => {
    setText(typed);
    const list = typed.trim() === "" ? undefined : parsed(typed);
    const refused = list === null;
    setInvalid(refused ? t("addon.setting.list.invalid") : undefined);
    refuse(refused);
    if (!refused) change(list);
  };
  return (
    <div className={css.wide}>
      <AreaField
        {...rest}
        className="mono"
        help={t("addon.setting.list")}
        invalid={invalid}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </div>
  );
}

/** The array `text` is; `null` if it is none. */
function parsed(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
