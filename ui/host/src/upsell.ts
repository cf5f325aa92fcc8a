// The host app's own dialog for buying more: what a real host opens from contentDialog.upsell.
// It must always answer the AddOn, also when closed with Escape, or the panel would wait for ever.
import type { AddOnConfig, UpsellDialog } from "@addon-console/ha-addon";
import { h } from "./dom.js";
import type { T } from "./i18n/texts.js";
import { HANDLES } from "./state.js";

const PACKS = { tokens: [1_000, 10_000], images: [5, 25] };

export function upsellDialog(t: () => T, buy: (handle: string, amount: number) => AddOnConfig): UpsellDialog {
  return {
    label: t()("upsell-label"),
    handler(resolve, reject, { handle }) {
      const texts = t();
      const what = handle === HANDLES.writing ? "tokens" : "images";
      let bought = 0;
      const packs = PACKS[what].map((amount) =>
        h(
          "button",
          {
            type: "button",
            class: "primary",
            onclick: () => {
              bought = amount;
              dialog.close();
            },
          },
          texts("upsell-add", { amount: amount.toLocaleString() }),
        ),
      );
      const cancel = h("button", { type: "button", onclick: () => dialog.close() }, texts("cancel"));
      const dialog = h(
        "dialog",
        { class: "upsell", "aria-labelledby": "upsell-title", "data-testid": "upsell-dialog" },
        h("h2", { id: "upsell-title" }, texts(`upsell-${what}`)),
        h("p", {}, texts("upsell-text")),
        h("div", { class: "buttons" }, ...packs, cancel),
      );
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (bought > 0) resolve({ addOns: [buy(handle, bought)] });
        else reject();
      });
      document.body.append(dialog);
      dialog.showModal();
    },
  };
}
