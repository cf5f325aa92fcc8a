// The side bar "Content properties": first the AddOn's button, then the block's own fields.
// It must keep the AddOn's button in place while a block stays selected: the panel returns focus to it.
import type { BlockType, Mounted } from "@addon-console/ha-addon";
import { fill, h, ICONS, icon, type Part } from "../dom.js";
import { type Actions, type State, writingAddOn } from "../state.js";
import { isDefault, readText } from "../template/edit.js";
import { kindOf, type Module } from "../template/types.js";
import { type Properties, properties } from "./properties.js";

const WRITABLE: ReadonlySet<string> = new Set<BlockType>(["TITLE", "PARAGRAPH", "LIST", "BUTTON"]);

export function sidebarPart(state: State, actions: Actions, panelTarget: HTMLElement): Part {
  const heading = h("h2");
  const kindLine = h("p", { class: "kind" });
  const ai = h("div", { class: "ai-entry" });
  const notice = h("div", { class: "notice", "data-testid": "addon-notice", hidden: true });
  const fields = h("div");
  const element = h("aside", { class: "sidebar" }, heading, kindLine, ai, notice, fields);
  let shown: Module | undefined;
  let language = state.preferences.language;
  let mounted: Mounted | undefined;
  let current: Properties | undefined;

  function mount(module: Module): Mounted {
    return state.addon.mountWritingAssistant(ai, {
      panelTarget,
      module: () => ({
        uuid: module.uuid,
        type: kindOf(module) as BlockType,
        content: readText(module),
        isDefault: isDefault(module),
      }),
      onApply: ({ content, promptId }) => actions.edit(module, content, promptId),
    });
  }

  function show(module: Module | undefined): void {
    shown = module;
    language = state.preferences.language;
    mounted?.destroy();
    mounted = module && WRITABLE.has(kindOf(module)) ? mount(module) : undefined;
    current = module ? properties(module, actions) : undefined;
    fill(fields, current?.element ?? h("p", { class: "hint" }, actions.t()("nothing-selected")));
  }

  function drawNotice(): void {
    const t = actions.t();
    const addOn = writingAddOn(state.session);
    const off = !addOn?.enabled;
    const missing = !off && !addOn?.provider;
    notice.hidden = !mounted || !(off || missing);
    ai.hidden = off;
    if (notice.hidden) return;
    const kind = off ? "off" : "provider";
    const again = h("button", { type: "button", onclick: () => actions.checkSession() }, t("check-again"));
    fill(notice, h("strong", {}, t(`notice-${kind}-title`)), h("p", {}, t(`notice-${kind}-text`)), again);
  }

  show(undefined);
  return {
    element,
    update() {
      const t = actions.t();
      if (shown !== state.selected || language !== state.preferences.language) show(state.selected);
      element.setAttribute("aria-label", t("properties"));
      heading.textContent = t("properties");
      kindLine.hidden = !shown;
      if (shown) fill(kindLine, icon(ICONS[kindOf(shown)]), t(`kind-${kindOf(shown)}`));
      drawNotice();
      current?.refresh();
    },
  };
}
