// Puts a new key in place of a provider's stored one. The new one is tested first; the old one stays until then.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { ProviderKindView, ProviderView, StagedKey } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { KeyField } from "./KeyField";
import { TestResult } from "./TestResult";

export function ReplaceKey(props: { provider: ProviderView; kind: ProviderKindView; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const { provider, onClose } = props;
  const [staged, setStaged] = useState<StagedKey | null>(null);
  const test = useAct("provider_test");
  const replace = useAct("provider_replace_key");
  const save = (key: StagedKey) =>
    replace.mutate(
      { provider: provider.id, key: key.id },
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
      {test.isPending ? <p role="status">{t("providers.testing")}…</p> : null}
      <div role="status">
        {test.data && !test.data.ok ? <TestResult report={test.data} data-testid="test-result" /> : null}
      </div>
      <Problem error={test.error ?? replace.error} />
      <div className={`${layout.row} ${layout.end}`}>
        <Button onClick={onClose}>{t("action.cancel")}</Button>
        {staged && test.data && !test.data.ok ? (
          <Button onClick={() => save(staged)}>{t("providers.save-anyway")}</Button>
        ) : null}
        <Button
          look="primary"
          disabled={!staged || test.isPending || replace.isPending}
          onClick={() => staged && tryIt(staged)}
        >
          {t("action.save")}
        </Button>
      </div>
    </Dialog>
  );
}
