// Setting a limit: of what, whose, how much. One of the same kind gets the new amount and keeps its counts.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, SelectField, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { LimitWhose, Period, Unit } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { addonName, useMessages } from "../../messages";

const people: LimitWhose[] = ["everyone", "each", "one"];
const periods: Period[] = ["day", "month", "total"];
const every: Unit[] = ["tokens", "images", "characters", "money"];

/** What calls of an AddOn can use; the back end has the last word. */
const units: Record<string, Unit[]> = {
  "ai-integration": ["tokens", "money"],
  "ai-agent": ["tokens", "money"],
  "ai-alt-text": ["images", "tokens", "money"],
  "ai-image-generation": ["images", "money"],
  "ai-translation": ["characters", "money"],
};

export function LimitForm({ application, onDone }: { application: string; onDone: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const addons = useRead("addon_list", { application });
  const [addon, setAddon] = useState("");
  const [whose, setWhose] = useState<LimitWhose>("everyone");
  const [uid, setUid] = useState("");
  const [period, setPeriod] = useState<Period>("day");
  const [wished, setUnit] = useState<Unit>("tokens");
  const [text, setText] = useState("");
  const [bad, setBad] = useState(false);
  const set = useAct("limit_set");
  const offered = units[addon] ?? every;
  const unit = offered.includes(wished) ? wished : (offered[0] ?? "tokens");
  const installed = (addons.data?.items ?? []).filter(
    (each) => each.needs_provider && each.state !== "available",
  );
  const save = () => {
    const given = Number(text);
    const amount = Math.round(unit === "money" ? given * 1e6 : given);
    setBad(!(amount > 0));
    if (!(amount > 0)) return;
    set.mutate(
      {
        ...{ application, whose, period, unit, amount },
        ...(addon ? { addon } : {}),
        ...(whose === "one" ? { uid: uid.trim() } : {}),
      },
      {
        onSuccess: () => {
          desk.say(t("limits.saved"));
          onDone();
        },
      },
    );
  };
  return (
    <form
      className={layout.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={layout.pair}>
        <SelectField
          label={t("limits.addon")}
          value={addon}
          onChange={(event) => setAddon(event.target.value)}
        >
          <option value="">{t("limits.every-call")}</option>
          {installed.map((each) => (
            <option key={each.handle} value={each.handle}>
              {addonName(t, each.handle)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("limits.whose")}
          data-testid="limit-whose"
          value={whose}
          onChange={(event) => setWhose(event.target.value as LimitWhose)}
        >
          {people.map((each) => (
            <option key={each} value={each}>
              {t(`limits.whose.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("limits.period")}
          value={period}
          onChange={(event) => setPeriod(event.target.value as Period)}
        >
          {periods.map((each) => (
            <option key={each} value={each}>
              {t(`limits.period.${each}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("limits.unit")}
          data-testid="limit-unit"
          value={unit}
          onChange={(event) => setUnit(event.target.value as Unit)}
        >
          {offered.map((each) => (
            <option key={each} value={each}>
              {t(`limits.unit.${each}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("limits.amount")}
          data-testid="limit-amount"
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
          invalid={bad ? t("limits.amount.bad") : undefined}
        />
        {whose === "one" ? (
          <TextField
            label={t("limits.uid")}
            help={t("limits.uid.help")}
            data-testid="limit-uid"
            value={uid}
            onChange={(event) => setUid(event.target.value)}
          />
        ) : null}
      </div>
      <Problem error={set.error} />
      <div className={`${layout.row} ${layout.end}`}>
        <Button onClick={onDone}>{t("action.cancel")}</Button>
        <Button type="submit" look="primary" data-testid="limit-save" disabled={set.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}
