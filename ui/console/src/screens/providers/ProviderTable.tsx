// The providers of an application as a table, and the dialogs its acts open. A row is drawn by `ProviderRow`.
import { useState } from "react";
import { KeyGate } from "../../app/KeyGate";
import layout from "../../components/layout.module.css";
import type { ProviderKindView, ProviderView } from "../../ipc/generated";
import { useMessages } from "../../messages";
import { Provoke } from "../faults/Provoke";
import { DeleteProvider } from "./DeleteProvider";
import { ProviderRow } from "./ProviderRow";
import css from "./providers.module.css";
import { ReplaceKey } from "./ReplaceKey";
import { ReturnKey } from "./ReturnKey";

interface Props {
  items: ProviderView[];
  kinds: ProviderKindView[];
  onEdit: (provider: ProviderView) => void;
}

type Act = "replace" | "return" | "delete" | "provoke";

/** Says why acts of the table cannot be done, while the vault is shut. */
export const WHY = "providers-why";

export function ProviderTable({ items, kinds, onEdit }: Props) {
  const { t } = useMessages();
  const [act, setAct] = useState<{ what: Act; item: ProviderView } | null>(null);
  const kindOf = (item: ProviderView) => kinds.find((kind) => kind.kind === item.kind);
  const begin = (what: Act, item: ProviderView) => () => setAct({ what, item });
  const close = () => setAct(null);
  const kind = act && kindOf(act.item);
  return (
    <>
      <KeyGate id={WHY} reasonOnly />
      <div className={`${layout.card} ${layout.scroll}`}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t("providers.name")}</th>
              <th scope="col">{t("providers.model")}</th>
              <th scope="col">{t("providers.key")}</th>
              <th scope="col">{t("providers.last-test")}</th>
              <th scope="col">{t("providers.used-by")}</th>
              <th scope="col">
                <span className="unseen">{t("providers.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <ProviderRow
                key={item.id}
                item={item}
                kind={kindOf(item)}
                onEdit={() => onEdit(item)}
                onReplace={begin("replace", item)}
                onReturn={begin("return", item)}
                onDelete={begin("delete", item)}
                onProvoke={begin("provoke", item)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {act?.what === "replace" && kind ? (
        <ReplaceKey provider={act.item} kind={kind} onClose={close} />
      ) : null}
      {act?.what === "return" ? <ReturnKey provider={act.item} onClose={close} /> : null}
      {act?.what === "provoke" ? <Provoke provider={act.item} onClose={close} /> : null}
      {act?.what === "delete" ? <DeleteProvider provider={act.item} onClose={close} /> : null}
    </>
  );
}
