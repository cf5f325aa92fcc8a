// What does not open: the keys by name, each with its way out, or the database as a whole. Touches nothing by itself.
import { useState } from "react";
import { useDesk } from "../../app/desk";
import { Button } from "../../components/controls";
import layout from "../../components/layout.module.css";
import type { ProviderView, VaultView } from "../../ipc/generated";
import { useRead, useReads } from "../../ipc/queries";
import { useMessages } from "../../messages";
import { DeleteProvider } from "../providers/DeleteProvider";
import { ReplaceKey } from "../providers/ReplaceKey";
import { Panel } from "./StatePanel";
import css from "./security.module.css";
import { Unlock } from "./Unlock";

export function Damaged({ vault }: { vault: VaultView }) {
  const { t } = useMessages();
  if (vault.damaged.length === 0) {
    return (
      <Panel state="damaged" title={t("vault.damaged.title")} body={t("security.damaged.database")}>
        <ol className={css.hints}>
          {(["stop", "copy", "start"] as const).map((step) => (
            <li key={step}>{t(`security.damaged.${step}`)}</li>
          ))}
        </ol>
        <Unlock vault={vault} />
      </Panel>
    );
  }
  return (
    <Panel
      state="damaged"
      title={t(vault.damaged.length === 1 ? "security.damaged.one" : "security.damaged.many", {
        n: vault.damaged.length,
      })}
      body={t("security.damaged.keys")}
    >
      <Records vault={vault} />
    </Panel>
  );
}

function Records({ vault }: { vault: VaultView }) {
  const { t } = useMessages();
  const { applications } = useDesk();
  const kinds = useRead("provider_kinds", {}).data?.items ?? [];
  const lists = useReads(
    "provider_list",
    applications.map(({ id }) => ({ application: id })),
  );
  const providers = lists.flatMap((list) => list.data?.items ?? []);
  const [act, setAct] = useState<{ what: "replace" | "remove"; provider: ProviderView } | null>(null);
  const kind = kinds.find((each) => each.kind === act?.provider.kind);
  const close = () => setAct(null);
  return (
    <>
      <ul className={css.records}>
        {vault.damaged.map((record) => {
          const provider = providers.find((each) => each.id === record.provider);
          const about = (words: string) => ({ "aria-label": `${words}: ${record.name}`, children: words });
          return (
            <li key={record.provider} data-testid={`damaged-${record.name}`}>
              <span>
                <strong>{record.name}</strong> <small className="soft">{provider?.kind_title}</small>
              </span>
              <span className={layout.row}>
                <Button
                  data-testid="damaged-replace"
                  disabled={!provider}
                  onClick={() => provider && setAct({ what: "replace", provider })}
                  {...about(t("providers.replace"))}
                />
                <Button
                  look="danger"
                  data-testid="damaged-remove"
                  disabled={!provider}
                  onClick={() => provider && setAct({ what: "remove", provider })}
                  {...about(t("action.remove"))}
                />
              </span>
            </li>
          );
        })}
      </ul>
      {act?.what === "replace" && kind ? (
        <ReplaceKey provider={act.provider} kind={kind} onClose={close} />
      ) : null}
      {act?.what === "remove" ? <DeleteProvider provider={act.provider} onClose={close} /> : null}
    </>
  );
}
