// What a window shows while it works and when it failed; the same everywhere.
// It must say the cause in our words: the provider's own are for the host's log.
import { h, ICONS, icon } from "../../dom/h.js";
import type { Sentence } from "../../i18n/causes.js";
import type { Texts } from "../../i18n/texts.js";

export function workingView(t: Texts, words = t("working")): HTMLElement {
  return h(
    "p",
    { class: "working" },
    h("span", {}, words),
    h("span", { class: "dots", "aria-hidden": "true" }),
  );
}

export function failureView(t: Texts, { key, values }: Sentence): HTMLElement {
  return h(
    "div",
    { class: "failure" },
    h("span", { class: "alert" }, icon(ICONS.alert)),
    h(
      "div",
      {},
      h("strong", { "data-testid": "error-title" }, t("error-title")),
      h("p", {}, t("error-subtitle")),
      h("p", { class: "detail", "data-testid": "error-detail" }, t(key, values)),
    ),
  );
}
