// What may be shown of a provider's keys: the last characters of the one in use and of the one before, while both are
// kept.
import { Button, Pill } from "../../components/controls";
import type { ProviderView } from "../../ipc/generated";
import { useMessages } from "../../messages";
import css from "./providers.module.css";

export function KeyCell({ item, onReturn }: { item: ProviderView; onReturn: () => void }) {
  const { t, language } = useMessages();
  const { previous_key: previous } = item;
  if (item.key_tail === null) return t("providers.key.none");
  return (
    <>
      <code>{dots(item.key_tail)}</code>
      {item.damaged ? (
        <Pill
          tone="bad"
          className={css.beside ?? ""}
          title={t("providers.damaged.means")}
          data-testid="key-damaged"
        >
          {t("providers.damaged")}
        </Pill>
      ) : null}
      {previous ? (
        <small className={css.under} data-testid="key-previous">
          {t("providers.previous", { tail: dots(previous.tail) })}
          <Button
            look="quiet"
            className={css.link ?? ""}
            data-testid="key-return"
            aria-label={`${t("providers.return")}: ${item.name}`}
            onClick={onReturn}
          >
            {t("providers.return")}
          </Button>
          <br />
          {t("providers.until", { time: until(previous.until, language) })}
        </small>
      ) : null}
    </>
  );
}

export const dots = (tail: string) => `••••${tail}`;

function until(at: number, language: string): string {
  return new Date(at).toLocaleString(language, {
    ...{ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
}
