// Says who is being recorded and for whom tapes answer, with the way to end it. Nothing where nothing is on.
import { Button, Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { Problem } from "../../components/states";
import { useAct, useRead } from "../../ipc/queries";
import { useMessages } from "../../messages";

export function TapeNotice() {
  const { t } = useMessages();
  const stop = useAct("tape_stop");
  const sets = useRead("tape_list", {}).data?.items ?? [];
  const uses = sets.flatMap((set) => set.users.map((user) => ({ ...user, name: set.name })));
  if (uses.length === 0) return null;
  return (
    <section className={`${layout.card} ${layout.padded} ${layout.stack}`} aria-label={t("tapes.in-use")}>
      {uses.map((use) => {
        const recording = use.does === "record";
        const words = { provider: use.provider_name, name: use.name };
        return (
          <div key={use.provider} className={`${layout.row} ${layout.spread}`} data-testid="tape-notice">
            <span className={layout.row} role="status">
              <Pill tone={recording ? "bad" : "info"}>
                {t(recording ? "tapes.recording" : "tapes.playing", words)}
              </Pill>
              {t(recording ? "tapes.recording.notice" : "tapes.playing.notice", words)}
            </span>
            <Button
              aria-label={`${t("tapes.stop")}: ${use.provider_name}`}
              data-testid="tape-stop"
              disabled={stop.isPending}
              onClick={() => stop.mutate({ provider: use.provider })}
            >
              {t("tapes.stop")}
            </Button>
          </div>
        );
      })}
      <Problem error={stop.error} />
    </section>
  );
}
