// The host app's own writing assistant: what a real host opens from contentDialog.customLLM.
// It must always answer the AddOn, also when closed with Escape, or its button would wait for ever.
import type { HaAddonConfig } from "@addon-console/ha-addon";
import { h } from "./dom.js";
import type { T } from "./i18n/texts.js";

type CustomLlm = NonNullable<NonNullable<HaAddonConfig["contentDialog"]>["customLLM"]>;

export function customDialog(t: () => T): CustomLlm {
  return {
    label: t()("custom-label"),
    handler(resolve, reject, { moduleType, moduleContent }) {
      const texts = t();
      const input = h(
        "textarea",
        { id: "custom-text", rows: 5, "data-testid": "custom-text" },
        moduleContent,
      );
      let done = false;
      const use = h(
        "button",
        {
          type: "button",
          class: "primary",
          "data-testid": "custom-use",
          onclick: () => {
            done = true;
            dialog.close();
          },
        },
        texts("custom-use"),
      );
      const cancel = h("button", { type: "button", onclick: () => dialog.close() }, texts("cancel"));
      const dialog = h(
        "dialog",
        { class: "upsell", "aria-labelledby": "custom-title", "data-testid": "custom-dialog" },
        h("h2", { id: "custom-title" }, texts("custom-title", { kind: texts(`kind-${moduleType}`) })),
        h("p", {}, texts("custom-about")),
        h("label", { for: "custom-text" }, texts("text")),
        input,
        h("div", { class: "buttons" }, use, cancel),
      );
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (done) resolve({ generatedText: input.value });
        else reject();
      });
      document.body.append(dialog);
      dialog.showModal();
      input.focus();
    },
  };
}
