// Chooses the failure a provider is to have, by group or by looking for words, and for how many calls.
import { type FormEvent, useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, SelectField, TextField } from "../../components/controls";
import { Dialog } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Failed, Problem, Waiting } from "../../components/states";
import type { FaultGroup, FaultView, ProviderView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { type Translate, useMessages } from "../../messages";
import css from "./faults.module.css";
import { faultTitle } from "./words";

const groups: FaultGroup[] = ["refusal", "transport", "timing", "answer", "console"];
/** 0: every call. */
const counts = [0, 1, 5, 20];

export function Provoke({ provider, onClose }: { provider: ProviderView; onClose: () => void }) {
  const { t } = useMessages();
  const read = useRead("fault_list", { kind: provider.kind });
  return (
    <Dialog title={t("fault.provoke.title", { name: provider.name })} onClose={onClose}>
      <p className="soft">{t("fault.provoke.body")}</p>
      {read.error ? <Failed error={read.error} onRetry={() => void read.refetch()} /> : null}
      {read.data ? (
        <Choice provider={provider} faults={read.data.items} onClose={onClose} />
      ) : read.error ? null : (
        <Waiting />
      )}
    </Dialog>
  );
}

function Choice(props: { provider: ProviderView; faults: FaultView[]; onClose: () => void }) {
  const { t } = useMessages();
  const desk = useDesk();
  const { provider, faults } = props;
  const [words, setWords] = useState("");
  const [wished, setWished] = useState<string>(provider.fault?.fault ?? "");
  const [times, setTimes] = useState(0);
  const set = useAct("fault_set");
  const shown = faults.filter((fault) => holds(t, fault, words));
  // A list shows its first entry as chosen where none is; so it is, and what is seen is what is set.
  const chosen = shown.find((fault) => fault.id === wished) ?? inOrder(shown)[0] ?? null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    set.mutate(
      { provider: provider.id, fault: chosen.id, ...(times > 0 ? { times } : {}) },
      {
        onSuccess: () => {
          desk.say(t("fault.set.done", { name: provider.name, title: faultTitle(t, chosen.id) }));
          props.onClose();
        },
      },
    );
  };
  return (
    <form className={layout.stack} onSubmit={submit}>
      <TextField
        label={t("fault.which.find")}
        type="search"
        data-testid="fault-find"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <SelectField
        label={t("fault.which")}
        size={8}
        required
        className={css.list}
        data-testid="fault-which"
        value={chosen?.id ?? ""}
        onChange={(event) => setWished(event.target.value)}
      >
        <Options faults={shown} />
      </SelectField>
      <p role="status" className={css.about} data-testid="fault-about">
        {chosen ? t(`fault.about.${chosen.id}`) : shown.length === 0 ? t("fault.which.none") : ""}
        {chosen?.streams_only ? ` ${t("fault.streams")}` : ""}
      </p>
      <SelectField
        label={t("fault.times")}
        data-testid="fault-times"
        value={times}
        onChange={(event) => setTimes(Number(event.target.value))}
      >
        {counts.map((count) => (
          <option key={count} value={count}>
            {calls(t, count)}
          </option>
        ))}
      </SelectField>
      <Problem error={set.error} />
      <div className={`${layout.row} ${layout.end}`}>
        <Button onClick={props.onClose}>{t("action.cancel")}</Button>
        <Button
          type="submit"
          look="primary"
          data-testid="fault-set"
          disabled={chosen === null || set.isPending}
        >
          {t("fault.set")}
        </Button>
      </div>
    </form>
  );
}

/** As the list shows them. */
const inOrder = (faults: FaultView[]) =>
  groups.flatMap((group) => faults.filter((fault) => fault.group === group));

function Options({ faults }: { faults: FaultView[] }) {
  const { t } = useMessages();
  return groups.map((group) => {
    const own = faults.filter((fault) => fault.group === group);
    return own.length === 0 ? null : (
      <optgroup key={group} label={t(`fault.group.${group}`)}>
        {own.map((fault) => (
          <option key={fault.id} value={fault.id}>
            {faultTitle(t, fault.id)}
          </option>
        ))}
      </optgroup>
    );
  });
}

function calls(t: Translate, count: number): string {
  if (count === 0) return t("fault.times.all");
  return count === 1 ? t("fault.times.one") : t("fault.times.n", { n: count });
}

/** Whether its id or its texts hold what is looked for. */
function holds(t: Translate, fault: FaultView, words: string): boolean {
  const text = `${fault.id} ${faultTitle(t, fault.id)} ${t(`fault.about.${fault.id}`)}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
