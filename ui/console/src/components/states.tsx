// The states a screen can be in besides full: waiting, failed, empty. Also copying, which answers where it was asked.
import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { ApiError } from "../ipc/generated";
import { sentence, useMessages } from "../messages";
import { Button } from "./controls";
import css from "./layout.module.css";

export function Waiting() {
  const { t } = useMessages();
  return (
    <p className={css.waiting} role="status">
      {t("load.waiting")}…
    </p>
  );
}

export function Failed({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { t } = useMessages();
  return (
    <div className={`${css.card} ${css.empty}`} role="alert">
      <h2>{t("load.failed")}</h2>
      <p>{sentence(t, error)}</p>
      <Button onClick={onRetry}>{t("action.retry")}</Button>
    </div>
  );
}

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={`${css.card} ${css.empty}`}>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** An error of an act, beside what was tried. */
export function Problem({ error }: { error: ApiError | null }) {
  const { t } = useMessages();
  return error ? (
    <p role="alert" className={css.problem} data-testid="problem">
      {sentence(t, error)}
    </p>
  ) : null;
}

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useMessages();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      aria-label={copied ? t("action.copied") : label}
    >
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {copied ? t("action.copied") : label}
    </Button>
  );
}
