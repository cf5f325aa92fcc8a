// The host app's own dialog for buying more tokens: what a real host opens from contentDialog.upsell.
// It must always answer the AddOn, also when closed with Escape, or the panel would wait for ever.
import type { UpsellDialog } from "@addon-console/ha-addon";
import { h } from "./dom.js";
import type { T } from "./i18n/texts.js";
import { HANDLE } from "./state.js";

const PACKS = [1_000, 10_000];

export function upsellDialog(t: () => T, buy: (amount: number) => number): UpsellDialog {
  return {
    label: t()("upsell-label"),
    handler(resolve, reject) {
      const texts = t();
      let bought = 0;
      const packs = PACKS.map((amount) =>
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
        h("h2", { id: "upsell-title" }, texts("upsell-title")),
        h("p", {}, texts("upsell-text")),
        h("div", { class: "buttons" }, ...packs, cancel),
      );
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (bought > 0) resolve({ addOns: [{ id: HANDLE, settings: { tokensAvailable: buy(bought) } }] });
        else reject();
      });
      document.body.append(dialog);
      dialog.showModal();
    },
  };
}
