// Stands beside an act that needs the vault open: says why it cannot be done now, and opens the vault on the spot, so
// that nothing typed around it is lost. Shows nothing while keys can be used.
import { Lock } from "lucide-react";
import { Button } from "../components/controls";
import layout from "../components/layout.module.css";
import { useMessages } from "../messages";
import { Unlock } from "../screens/security/Unlock";
import { useDesk } from "./desk";
import css from "./gate.module.css";
import { useVault, whyShut } from "./vault";

/** With `reasonOnly`, one line for all acts of a list, and no way out of its own. */
export function KeyGate({ id, reasonOnly = false }: { id?: string; reasonOnly?: boolean }) {
  const { t } = useMessages();
  const desk = useDesk();
  const vault = useVault();
  const why = whyShut(vault);
  if (!vault || !why) return null;
  if (reasonOnly) {
    return (
      <p id={id} className={`soft ${css.reason}`} data-testid="key-gate">
        <Lock aria-hidden /> {t("vault.why.table")}
      </p>
    );
  }
  return (
    <div className={css.gate} data-testid="key-gate">
      <p className={css.reason}>
        <Lock aria-hidden /> {t(why)}
      </p>
      {vault.state === "locked" ? (
        <Unlock vault={vault} />
      ) : (
        <div className={layout.row}>
          <Button onClick={() => desk.go("security")}>{t("vault.ways-out")}</Button>
        </div>
      )}
    </div>
  );
}
