// Puts a new key in place of a provider's stored one. The new one is tested first; the old one stays until then, and on
// request for some time after.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { KeyGate } from "../../app/KeyGate";
import { useVault, whyShut } from "../../app/vault";
import { Button, SelectField } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderKindView, ProviderView, StagedKey } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { KeyField } from "./KeyField";
import { TestResult } from "./TestResult";

/** How long a key that was replaced may be kept. */
const HOURS = [0, 24, 168] as const;
type Hours = (typeof HOURS)[number];

export function ReplaceKey(props: { provider: ProviderView; kind: ProviderKindView; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const { provider, onClose } = props;
  const [staged, setStaged] = useState<StagedKey | null>(null);
  const [overlap, setOverlap] = useState<Hours>(0);
  const shut = whyShut(useVault()) !== null;
  const test = useAct("provider_test");
  const replace = useAct("provider_replace_key");
  const save = (key: StagedKey) =>
    replace.mutate(
      { provider: provider.id, key: key.id, ...(overlap > 0 ? { overlap_hours: overlap } : {}) },
      {
        onSuccess: () => {
          desk.say(t("providers.saved", { name: provider.name }));
          onClose();
        },
      },
    );
  const tryIt = (key: StagedKey) =>
    test.mutate(
      { replacement: { provider: provider.id, key: key.id } },
      { onSuccess: (report) => report.ok && save(key) },
    );
  return (
    <Dialog title={t("providers.replace.title", { name: provider.name })} onClose={onClose}>
      <KeyField
        staged={staged}
        kind={props.kind}
        onStaged={(key) => {
          test.reset();
          setStaged(key);
        }}
      />
      {provider.damaged ? null : (
        <SelectField
          label={t("providers.overlap")}
          help={t("providers.overlap.help")}
          data-testid="key-overlap"
          value={overlap}
          onChange={(event) => setOverlap(Number(event.target.value) as Hours)}
        >
          {HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {t(`providers.overlap.${hours}`)}
            </option>
          ))}
        </SelectField>
      )}
      <KeyGate />
      {test.isPending ? <p role="status">{t("providers.testing")}…</p> : null}
      <div role="status">
        {test.data && !test.data.ok ? <TestResult report={test.data} data-testid="test-result" /> : null}
      </div>
      <Problem error={test.error ?? replace.error} />
      <div className={`${layout.row} ${layout.end}`}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        {staged && test.data && !test.data.ok ? (
          <Button data-testid="replace-anyway" disabled={shut} onClick={() => save(staged)}>
            {t("providers.save-anyway")}
          </Button>
        ) : null}
        <Button
          look="primary"
          data-testid="replace-save"
          disabled={!staged || shut || test.isPending || replace.isPending}
          onClick={() => staged && tryIt(staged)}
        >
          {t("action.save")}
        </Button>
      </div>
    </Dialog>
  );
}
