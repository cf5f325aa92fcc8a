// Checks a code against the kit in force, so that nobody finds out in need that the paper is an old one.
import { useRef, useState } from "react";
import { Button, Pill } from "../../components/controls";
import layout from "../../components/layout.module.css";
import { SecretField } from "../../components/SecretField";
import { Problem } from "../../components/states";
import { useSecretAct } from "../../ipc/secrets";
import { useMessages } from "../../messages";
import css from "./security.module.css";

export function KitCheck() {
  const { t } = useMessages();
  const field = useRef<HTMLInputElement>(null);
  const [length, setLength] = useState(0);
  const check = useSecretAct("kit_check");
  const wrong = check.error?.code === "wrong-secret";
  const ask = () => {
    if (!field.current?.value || check.isPending) return;
    setLength(0);
    check.act([field.current], ([secret = ""]) => ({ secret }));
  };
  return (
    <details className={css.otherwise}>
      <summary data-testid="kit-check-open">{t("kit.check")}</summary>
      <div className={layout.stack}>
        <SecretField
          label={t("recover.code")}
          help={t("recover.code.help")}
          data-testid="kit-code"
          field={field}
          onLength={(typed) => {
            check.reset();
            setLength(typed);
          }}
          onEnter={ask}
        />
        <div className={layout.row}>
          <Button data-testid="kit-check" disabled={length === 0 || check.isPending} onClick={ask}>
            {t("kit.check.act")}
          </Button>
          <span role="status" data-testid="kit-checked">
            {check.isPending ? `${t("kit.checking")}…` : null}
            {check.isSuccess ? <Pill tone="ok">{t("kit.check.right")}</Pill> : null}
            {wrong ? <Pill tone="bad">{t("kit.check.wrong")}</Pill> : null}
          </span>
        </div>
        <Problem error={wrong ? null : check.error} />
      </div>
    </details>
  );
}
