// Marks a call that met a provoked failure with its name. Nothing for any other call.
import { FlaskConical } from "lucide-react";
import { Pill } from "../../components/controls";
import type { Activity } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "./faults.module.css";
import { faultTitle } from "./words";

export function FaultPill({ call }: { call: Activity }) {
  const { t } = useMessages();
  if (!call.fault) return null;
  const title = faultTitle(t, call.fault);
  const words = t("fault.on", { title });
  return (
    <Pill tone="info" className={css.pill} title={words} data-testid="fault-pill">
      <FlaskConical aria-hidden />
      <span aria-hidden>{title}</span>
      <span className="unseen">{words}</span>
    </Pill>
  );
}
