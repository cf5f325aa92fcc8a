// One set of tapes: what is in it, who uses it, its export and its end.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button, Pill } from "../../components/controls";
import { Confirm } from "../../components/Dialog";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import type { TapeSetView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import { LENGTH_MIN, NewPassphrase, usePassphrase } from "../security/NewPassphrase";
import { RenameTapes } from "./RenameTapes";

export function TapeSet({ set }: { set: TapeSetView }) {
  const { t, language } = useMessages();
  const [unit, size] = set.bytes < 1_000_000 ? ["kilobyte", 1_000] : ["megabyte", 1_000_000];
  const bytes = new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    set.bytes / size,
  );
  const full = set.bytes_max - set.bytes < 1_000_000;
  return (
    <section
      className={`${layout.card} ${layout.padded} ${layout.stack}`}
      aria-label={set.name}
      data-testid="tape-set"
    >
      <div className={`${layout.row} ${layout.spread}`}>
        <span className={layout.row}>
          <strong>{set.name}</strong>
          {set.damaged ? <Pill tone="bad">{t("tapes.damaged")}</Pill> : null}
          {full ? <Pill tone="warn">{t("tapes.full")}</Pill> : null}
          {set.users.map((user) => (
            <Pill key={user.provider} tone={user.does === "record" ? "bad" : "info"}>
              {t(user.does === "record" ? "tapes.recording" : "tapes.playing", {
                provider: user.provider_name,
              })}
            </Pill>
          ))}
        </span>
        <span className={layout.row}>
          <RenameTapes set={set} />
          <Delete set={set} />
        </span>
      </div>
      <small className="soft">
        {t("tapes.count", { count: set.exchanges, bytes })}
        {set.kinds.length > 0 ? ` · ${set.kinds.join(", ")}` : ""}
        {set.recorded === null ? "" : ` · ${new Date(set.recorded).toLocaleString(language)}`}
      </small>
      {set.damaged ? <p>{t("tapes.damaged.body")}</p> : null}
      {set.lost ? (
        <p role="alert">{t("tapes.lost", { count: set.lost.count, why: t(`tapes.lost.${set.lost.why}`) })}</p>
      ) : null}
      {set.damaged || set.exchanges === 0 ? null : <Export set={set} />}
    </section>
  );
}

function Export({ set }: { set: TapeSetView }) {
  const { t } = useMessages();
  const passphrase = usePassphrase();
  const write = useSecretAct("tape_export");
  const save = () => {
    if (write.isPending || !passphrase.ready()) return;
    write.act([passphrase.take()], ([id = ""]) => ({ set: set.id, replace: false, passphrase: id }));
  };
  return (
    <details>
      <summary data-testid="tape-export-open">{t("tapes.export")}</summary>
      <div className={layout.stack}>
        <NewPassphrase passphrase={passphrase} onEnter={save} />
        <Problem error={write.error} />
        <div className={layout.row}>
          <Button
            data-testid="tape-export"
            disabled={passphrase.length < LENGTH_MIN || write.isPending}
            onClick={save}
          >
            {t("tapes.export.act")}
          </Button>
          <span role="status">{write.data ? t("tapes.exported", { path: write.data.path }) : null}</span>
        </div>
      </div>
    </details>
  );
}

function Delete({ set }: { set: TapeSetView }) {
  const { t } = useMessages();
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const remove = useAct("tape_delete");
  return (
    <>
      <Button
        look="quiet"
        aria-label={`${t("action.delete")}: ${set.name}`}
        data-testid="tape-delete"
        disabled={set.users.length > 0}
        onClick={() => setAsking(true)}
      >
        {t("action.delete")}
      </Button>
      <Problem error={remove.error} />
      {asking ? (
        <Confirm
          title={set.name}
          action={t("action.delete")}
          busy={remove.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            remove.mutate(
              { set: set.id },
              { onSuccess: () => desk.say(t("act.tapes-removed")), onSettled: () => setAsking(false) },
            )
          }
        >
          <p>{t("tapes.delete.body")}</p>
        </Confirm>
      ) : null}
    </>
  );
}
