// Security: where the vault key is, how it stands, what brings it back, and what was done with it. Every secret typed
// here goes to the back end as bytes; none is ever shown.

import { useDesk } from "../../app/desk";
import { Failed, Waiting } from "../../components/states";
import { useRead } from "../../ipc/queries";
import { Audit } from "./Audit";
import { Kit } from "./Kit";
import { Locking } from "./Locking";
import { StatePanel } from "./StatePanel";
import css from "./security.module.css";
import { VaultKey } from "./VaultKey";

export function Security() {
  const { intent } = useDesk();
  const { data: vault, error, refetch } = useRead("vault_status", {});
  if (error && !vault) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!vault) return <Waiting />;
  return (
    <>
      <StatePanel vault={vault} autoFocus={intent === "unlock"} />
      <div className={css.cards}>
        <VaultKey vault={vault} rotateAtOnce={intent === "rotate"} />
        <Kit vault={vault} makeAtOnce={intent === "kit"} />
      </div>
      <Locking vault={vault} />
      <Audit verifyAtOnce={intent === "verify"} />
    </>
  );
}
