// When the vault locks by itself. Saved as it is chosen, whole.
import { SelectField, Switch } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { VaultView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { type Translate, useMessages } from "../../messages";
import css from "./security.module.css";

const MINUTES = [0, 5, 15, 30, 60, 240, 480];

export function Locking({ vault }: { vault: VaultView }) {
  const { t } = useMessages();
  const set = useAct("vault_lock_policy");
  const policy = vault.lock_policy;
  // Another value may have come from the command line.
  const choices = [...new Set([...MINUTES, policy.idle_minutes])].sort((a, b) => a - b);
  return (
    <section className={`${layout.card} ${css.card}`} aria-label={t("locking.title")}>
      <h2>{t("locking.title")}</h2>
      <div className={css.locking}>
        <SelectField
          label={t("locking.idle")}
          help={t("locking.idle.help")}
          data-testid="lock-idle"
          value={policy.idle_minutes}
          disabled={set.isPending}
          onChange={(event) => set.mutate({ ...policy, idle_minutes: Number(event.target.value) })}
        >
          {choices.map((minutes) => (
            <option key={minutes} value={minutes}>
              {time(t, minutes)}
            </option>
          ))}
        </SelectField>
        <div className={`${layout.row} ${layout.spread}`}>
          <span aria-hidden>{t("locking.suspend")}</span>
          <Switch
            label={t("locking.suspend")}
            data-testid="lock-suspend"
            checked={policy.on_suspend}
            disabled={set.isPending}
            onChange={(event) => set.mutate({ ...policy, on_suspend: event.target.checked })}
          />
        </div>
      </div>
      <Problem error={set.error} />
    </section>
  );
}

function time(t: Translate, minutes: number): string {
  if (minutes === 0) return t("locking.never");
  if (minutes < 60 || minutes % 60 > 0) return t("locking.minutes", { n: minutes });
  return minutes === 60 ? t("locking.hour") : t("locking.hours", { n: minutes / 60 });
}
