// One provider as a row: whether it is on, its key, how it did last, and what can be done with it.
import { Activity, FlaskConical, KeyRound, Pencil, Power, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { useVault, whyShut } from "../../app/vault";
import { Button, Pill } from "../../components/controls";
import type { ApiError, ProviderKindView, ProviderView, TestReport } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { addonName, causeWords, sentence, useMessages } from "../../messages";
import { FaultOn } from "../faults/FaultOn";
import faults from "../faults/faults.module.css";
import { TapePill } from "../tapes/TapePill";
import { KeyCell } from "./KeyCell";
import { WHY } from "./ProviderTable";
import css from "./providers.module.css";
import { TestResult } from "./TestResult";

interface Props {
  item: ProviderView;
  /** `undefined` for a type this version does not know: it can only be deleted. */
  kind: ProviderKindView | undefined;
  onEdit: () => void;
  onReplace: () => void;
  onReturn: () => void;
  onDelete: () => void;
  onProvoke: () => void;
}

export function ProviderRow({ item, kind, ...on }: Props) {
  const { t } = useMessages();
  const desk = useDesk();
  const test = useAct("provider_test");
  const flip = useAct("provider_switch");
  const [open, setOpen] = useState(false);
  const shut = whyShut(useVault()) !== null && item.key_tail !== null;
  const last = item.last_test;
  const onError = (error: ApiError) => desk.say(sentence(t, error));
  const icon = (Icon: typeof Pencil, words: string) => {
    const said = `${words}: ${item.name}`;
    return { "aria-label": said, title: words, children: <Icon aria-hidden /> };
  };
  // Not `disabled`: what cannot be done now must still be found, with the reason.
  const needsKey = (act: () => void) => ({
    ...(shut ? { "aria-disabled": true, "aria-describedby": WHY } : {}),
    onClick: () => (shut ? undefined : act()),
  });
  return (
    <>
      <tr data-testid={`provider-row-${item.name}`} data-active={item.active}>
        <th scope="row">
          {item.name}
          <small className={css.under}>{item.kind_title}</small>
          {item.active ? null : <Pill data-testid="provider-off">{t("providers.off")}</Pill>}
          <TapePill tape={item.tape} />
        </th>
        <td>{item.model ?? "–"}</td>
        <td>
          <KeyCell item={item} onReturn={on.onReturn} />
        </td>
        <td>
          {test.isPending ? (
            <span role="status">{t("providers.testing")}…</span>
          ) : last ? (
            <Last report={last} open={open} flip={() => setOpen(!open)} />
          ) : (
            <span className="soft">{t("providers.never-tested")}</span>
          )}
        </td>
        <td>{item.used_by.map((handle) => addonName(t, handle)).join(", ") || "–"}</td>
        <td>
          <span className={css.actions}>
            {kind && !kind.local ? (
              <Button
                data-testid="provider-test"
                disabled={test.isPending}
                {...needsKey(() => test.mutate({ stored: item.id }, { onError }))}
                {...icon(Activity, t("providers.test"))}
              />
            ) : null}
            {kind ? (
              <Button data-testid="provider-edit" onClick={on.onEdit} {...icon(Pencil, t("action.edit"))} />
            ) : null}
            {kind && item.key_tail !== null ? (
              <Button
                data-testid="provider-replace"
                {...needsKey(on.onReplace)}
                {...icon(KeyRound, t("providers.replace"))}
              />
            ) : null}
            {kind ? (
              <Button
                data-testid="provider-provoke"
                onClick={on.onProvoke}
                {...icon(FlaskConical, t("fault.provoke"))}
              />
            ) : null}
            <Button
              data-testid="provider-switch"
              disabled={flip.isPending}
              onClick={() =>
                flip.mutate(
                  { provider: item.id, active: !item.active },
                  { onSuccess: ({ active }) => desk.say(said(active)), onError },
                )
              }
              {...icon(Power, t(item.active ? "providers.switch.off" : "providers.switch.on"))}
            />
            <Button
              look="danger"
              data-testid="provider-delete"
              onClick={on.onDelete}
              {...icon(Trash2, t("action.delete"))}
            />
          </span>
        </td>
      </tr>
      {item.fault ? (
        <tr className={faults.row}>
          <td colSpan={6}>
            <FaultOn provider={item} />
          </td>
        </tr>
      ) : null}
      {open && last ? (
        <tr>
          <td colSpan={6}>
            <TestResult report={last} />
          </td>
        </tr>
      ) : null}
    </>
  );

  function said(active: boolean): string {
    return t(active ? "providers.switched.on" : "providers.switched.off", { name: item.name });
  }
}

/** The last test in a word; its stages unfold below. */
function Last({ report, open, flip }: { report: TestReport; open: boolean; flip: () => void }) {
  const { t } = useMessages();
  const words = report.ok ? t("providers.test.ok") : causeWords(t, report.cause ?? "internal");
  return (
    <>
      <button type="button" aria-expanded={open} className={css.unfold} onClick={flip}>
        <Pill tone={report.ok ? "ok" : "bad"} title={report.message} data-testid="test-result">
          {words}
        </Pill>
      </button>
      <small className={css.under}>
        {report.first_byte_ms === null ? null : t("test.first-byte", { n: report.first_byte_ms })}
        {report.retires_on ? <em>{t("models.retires", { day: report.retires_on })}</em> : null}
      </small>
    </>
  );
}
