// Tapes: answers recorded once and shown without key or network. Shows names and numbers, never an answer.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, SelectField, TextField } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Empty, Failed, Problem, Waiting } from "../../components/states";
import type { ProviderView, TapeSetView } from "../../ipc/generated";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { ImportTapes } from "./ImportTapes";
import { TapeNotice } from "./TapeNotice";
import { TapeSet } from "./TapeSet";

const NEW = "";

export function Tapes() {
  const { t } = useMessages();
  const { application } = useDesk();
  const sets = useRead("tape_list", {});
  const providers = useRead("provider_list", application && { application: application.id });
  if (sets.error) return <Failed error={sets.error} onRetry={() => void sets.refetch()} />;
  if (providers.error) return <Failed error={providers.error} onRetry={() => void providers.refetch()} />;
  if (!sets.data || (application && !providers.data)) return <Waiting />;
  const { items } = sets.data;
  // The sandbox answers by itself: its base URL is empty.
  const able = (providers.data?.items ?? []).filter((each) => each.base_url !== "");
  return (
    <div className={layout.stack}>
      <TapeNotice />
      <section className={`${layout.card} ${layout.padded} ${layout.stack}`} aria-label={t("tapes.title")}>
        <h2>{t("tapes.title")}</h2>
        <p className="soft">{t("tapes.about")}</p>
        {able.length > 0 ? <Use providers={able} sets={items} /> : <p>{t("tapes.no-provider")}</p>}
        <ImportTapes />
      </section>
      {items.length === 0 ? (
        <Empty>{t("tapes.none")}</Empty>
      ) : (
        items.map((set) => <TapeSet key={set.id} set={set} />)
      )}
    </div>
  );
}

/** A provider, tapes, and what to do with them. */
function Use({ providers, sets }: { providers: ProviderView[]; sets: TapeSetView[] }) {
  const { t } = useMessages();
  const [first] = providers;
  const [chosen, setChosen] = useState(first?.id ?? "");
  const [picked, setPicked] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [create, record, play] = [useAct("tape_create"), useAct("tape_record"), useAct("tape_play")];
  const provider = providers.find((each) => each.id === chosen)?.id ?? first?.id ?? "";
  const set = sets.find((each) => each.id === (picked ?? sets[0]?.id));
  const asNew = picked === NEW || !set;
  const busy = create.isPending || record.isPending || play.isPending;
  const begin = () => {
    if (set && !asNew) return record.mutate({ provider, set: set.id });
    create.mutate(
      { name },
      {
        onSuccess: (made) => {
          setPicked(made.id);
          setName("");
          record.mutate({ provider, set: made.id });
        },
      },
    );
  };
  const show = (fast: boolean) => (set ? play.mutate({ provider, set: set.id, fast }) : undefined);
  const playable = !asNew && set !== undefined && set.exchanges > 0 && !set.damaged;
  return (
    <div className={layout.stack}>
      <div className={layout.pair}>
        <SelectField
          label={t("tapes.provider")}
          data-testid="tape-provider"
          value={provider}
          onChange={(event) => setChosen(event.target.value)}
        >
          {providers.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("tapes.set")}
          data-testid="tape-set-choice"
          value={asNew ? NEW : set.id}
          onChange={(event) => setPicked(event.target.value)}
        >
          {sets.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
          <option value={NEW}>{t("tapes.new")}</option>
        </SelectField>
        {asNew ? (
          <TextField
            label={t("tapes.name")}
            data-testid="tape-name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        ) : null}
      </div>
      <Problem error={create.error ?? record.error ?? play.error} />
      <div className={layout.row}>
        <Button
          data-testid="tape-record"
          disabled={busy || (asNew ? name.trim().length < 3 : set.damaged)}
          onClick={begin}
        >
          {t("tapes.record")}
        </Button>
        <Button data-testid="tape-play" disabled={busy || !playable} onClick={() => show(false)}>
          {t("tapes.play")}
        </Button>
        <Button data-testid="tape-play-fast" disabled={busy || !playable} onClick={() => show(true)}>
          {t("tapes.play-fast")}
        </Button>
      </div>
    </div>
  );
}
