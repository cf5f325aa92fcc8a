// What the panel shows before the first prompt: a greeting with examples, and the strip with the block's text.
// It must show the block's text as text; it may contain anything.
import { fill, h } from "../../dom/h.js";
import type { MessageKey } from "../../i18n/keys.js";
import type { BlockType } from "../../types/beefree.js";
import type { PanelActions, PanelModel, View } from "./model.js";
import { hasRealContent } from "./suggestions.js";

const WELCOME: Readonly<Record<BlockType, readonly [MessageKey, MessageKey, MessageKey]>> = {
  TITLE: ["welcome-heading-title", "welcome-heading-subtitle", "welcome-heading-example"],
  PARAGRAPH: ["welcome-body-title", "welcome-body-subtitle", "welcome-example"],
  LIST: ["welcome-list-title", "welcome-list-subtitle", "welcome-list-example"],
  BUTTON: ["welcome-button-title", "welcome-button-subtitle", "welcome-button-example"],
};

export function welcomeView(): View {
  const title = h("h3");
  const subtitle = h("p");
  const examples = h("ul");
  const element = h("div", { class: "welcome" }, title, subtitle, examples);
  return {
    element,
    update({ t, module, conversation }: PanelModel) {
      const [titleKey, subtitleKey, exampleKey] = WELCOME[module.type];
      element.hidden = conversation.turns.length > 0;
      title.textContent = t(titleKey);
      subtitle.textContent = t(subtitleKey);
      const lines = t(exampleKey).split("\n");
      fill(examples, ...lines.map((line) => h("li", {}, line)));
    },
  };
}

export function pinnedView(actions: PanelActions): View {
  const label = h("span");
  const content = h("div", { class: "pinned-text", dir: "auto", role: "group", tabindex: 0 });
  const restart = h("button", { class: "link", type: "button", onclick: () => actions.restart() });
  const element = h("details", { class: "pinned", open: true }, h("summary", {}, label), content, restart);
  return {
    element,
    update({ t, module, moduleName }: PanelModel) {
      element.hidden = !hasRealContent(module);
      label.textContent = t("pin-label", { module: moduleName });
      content.textContent = module.content;
      content.setAttribute("aria-label", moduleName);
      restart.textContent = t("restart");
    },
  };
}
