// The button "Write with AI" that opens the panel, first item of the host's content properties.
// It must follow the rules of visibility live: a loadConfig may hide or lock it at any time.
import { h, ICONS, icon } from "../../dom/h.js";
import type { BlockType } from "../../types/beefree.js";
import type { AddOnContext } from "../context.js";
import { access } from "./model.js";

export interface Entry {
  readonly view: HTMLElement;
  update(type: BlockType): void;
}

export function entryView(context: AddOnContext, open: () => void): Entry {
  const label = h("span");
  const button = h("button", {
    class: "entry",
    type: "button",
    "data-testid": "write-with-ai",
    onclick: open,
  });
  const lock = h("span", { class: "entry-lock", hidden: true }, icon(ICONS.lock));
  button.append(icon(ICONS.wand), label, lock);
  const view = h("div", { class: "root" }, button);
  return {
    view,
    update(type) {
      const { visible, locked } = access(context, type);
      const t = context.texts();
      view.hidden = !visible;
      button.disabled = locked;
      button.title = locked ? t("locked") : "";
      lock.hidden = !locked;
      label.textContent = t("config-label");
    },
  };
}
