// A provider's failure while it is provoked: which, for how long yet, and the button that ends it. Silent while none is.
import { FlaskConical } from "lucide-react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import tones from "../../components/controls.module.css";
import layout from "../../components/layout.module.css";
import type { ProviderView } from "../../ipc/generated";
import { useAct } from "../../ipc/queries";
import { sentence, useMessages } from "../../messages";
import css from "./faults.module.css";
import { faultLeft, faultTitle } from "./words";

/** `where` says whose provider it is, where that is not plain. */
export function FaultOn({ provider, where }: { provider: ProviderView; where?: string }) {
  const { t } = useMessages();
  const desk = useDesk();
  const clear = useAct("fault_clear");
  const { fault, name } = provider;
  if (!fault) return null;
  const title = faultTitle(t, fault.fault);
  return (
    <div className={`${layout.notice} ${tones.warn} ${css.on}`} data-testid="fault-on">
      <FlaskConical aria-hidden />
      <p>
        {where ? `${where}: ` : ""}
        <strong>{t("fault.on", { title })}</strong> · {faultLeft(t, fault)}
      </p>
      <Button
        data-testid="fault-end"
        aria-label={`${t("fault.end")}: ${name}, ${title}`}
        disabled={clear.isPending}
        onClick={() =>
          clear.mutate(
            { provider: provider.id },
            {
              onSuccess: () => desk.say(t("fault.ended", { name })),
              onError: (error) => desk.say(sentence(t, error)),
            },
          )
        }
      >
        {t("fault.end")}
      </Button>
    </div>
  );
}
