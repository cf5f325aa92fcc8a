// The whole window when the back end did not start: what happened, what to do, and its own words. There is nothing else
// to be shown, since nothing can be read.
import { CircleAlert } from "lucide-react";
import { Button } from "../components/controls";
import layout from "../components/layout.module.css";
import type { ApiError, Code } from "../ipc/generated";
import { type MessageKey, useMessages } from "../messages";
import css from "./gone.module.css";

/** Codes of a start that failed: asking again changes nothing until the program is started again. */
const known: Partial<Record<Code, "in-use" | "damaged" | "not-writable">> = {
  "in-use": "in-use",
  damaged: "damaged",
  "not-writable": "not-writable",
};

export function NoBackEnd({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const { t } = useMessages();
  const code = known[error.code];
  const word = code ?? "other";
  const steps: MessageKey[] = [`start.${word}.do`, "start.again"];
  return (
    <main className={css.gone} data-testid="no-back-end">
      <div role="alert" className={layout.stack}>
        <CircleAlert aria-hidden />
        <h1>{t(`start.${word}.title`)}</h1>
        <p>{t(`start.${word}.body`)}</p>
        <ol>
          {steps.map((step) => (
            <li key={step}>{t(step)}</li>
          ))}
        </ol>
        {error.message ? (
          <p className={css.words}>
            <strong>{t("start.words")}</strong>
            <span lang="en">{`${error.message} ${error.hint}`.trim()}</span>
            <code>{error.code}</code>
          </p>
        ) : null}
        {code ? null : (
          <div>
            <Button onClick={onRetry}>{t("action.retry")}</Button>
          </div>
        )}
      </div>
    </main>
  );
}
