// Marks what tapes have to do with: a provider that is recorded or that they answer for, and a call they answered.
// Nothing for any other.
import { CassetteTape, Disc } from "lucide-react";
import { Pill } from "../../components/controls";
import type { ActiveTape, Activity } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "../faults/faults.module.css";

export function TapePill({ tape }: { tape: ActiveTape | null }) {
  const { t } = useMessages();
  if (!tape) return null;
  const recording = tape.does === "record";
  const Icon = recording ? Disc : CassetteTape;
  const words = t(recording ? "tapes.pill.recording" : "tapes.pill.playing", { name: tape.name });
  return (
    <Pill tone={recording ? "bad" : "info"} className={css.pill} title={words} data-testid="tape-pill">
      <Icon aria-hidden />
      {words}
    </Pill>
  );
}

/** A question the tapes did not hold was answered by nobody. */
export function byTape(call: Activity): boolean {
  return call.from_tape && call.cause !== "tape-miss" && call.cause !== "tape-damaged";
}

export function FromTape({ call }: { call: Activity }) {
  const { t } = useMessages();
  if (!byTape(call)) return null;
  return (
    <Pill tone="info" className={css.pill} title={t("tapes.call.body")} data-testid="tape-call">
      <CassetteTape aria-hidden />
      {t("tapes.call")}
    </Pill>
  );
}
