// The side bar "Content properties": first the AddOn's button, then the block's own fields; email details without a block.
// It must keep the AddOn's button in place while a block stays selected: the panel returns focus to it.
import { fill, h, ICONS, icon, type Part } from "../dom.js";
import type { TextKey } from "../i18n/texts.js";
import { addOnOf, customWriting, type EditorActions, type EditorState, HANDLES } from "../state.js";
import { kindOf, type Module } from "../template/types.js";
import { type Entries, mountFor, mountMeta } from "./addons.js";
import { detailsPart } from "./details.js";
import { type Properties, properties } from "./properties.js";

/** The AddOn a kind of block needs first, with its name. */
function neededBy(module: Module): [handle: string, name: TextKey] | undefined {
  const kind = kindOf(module);
  if (kind === "DIVIDER" || kind === "OTHER") return undefined;
  return kind === "IMAGE" ? [HANDLES.images, "addon-images"] : [HANDLES.writing, "addon-writing"];
}

export function sidebarPart(state: EditorState, actions: EditorActions, panelTarget: HTMLElement): Part {
  const heading = h("h2");
  const kindLine = h("p", { class: "kind" });
  const ai = h("div", { class: "ai-entry" });
  const notice = h("div", { class: "notice", "data-testid": "addon-notice", hidden: true });
  const fields = h("div");
  const hint = h("p", { class: "hint" });
  const details = detailsPart(state, actions);
  const element = h("aside", { class: "sidebar" }, heading, kindLine, hint, ai, notice, fields);
  let shown: Module | undefined;
  let language = state.language;
  let mounted: Entries | undefined;
  let current: Properties | undefined;

  function show(module: Module | undefined): void {
    shown = module;
    language = state.language;
    mounted?.destroy();
    current = module ? properties(module, state, actions) : undefined;
    fill(fields, current?.element ?? details.element);
    mounted = module
      ? mountFor(module, { state, actions, ai, wand: current?.wand ?? ai, panelTarget })
      : mountMeta({ state, actions, ai, wand: ai, panelTarget });
  }

  function drawNotice(): void {
    const t = actions.t();
    const [handle, name] = (shown && neededBy(shown)) ?? [];
    const addOn = handle ? addOnOf(state.session, handle) : undefined;
    const covered = handle === HANDLES.writing && customWriting(state.session);
    const off = !addOn?.enabled;
    const missing = addOn && !off && !addOn.provider;
    notice.hidden = !name || covered || !(off || missing);
    if (notice.hidden || !name) return;
    const kind = off ? "off" : "provider";
    const again = h("button", { type: "button", onclick: () => actions.checkSession() }, t("check-again"));
    fill(
      notice,
      h("strong", {}, t(`notice-${kind}-title`, { addon: t(name) })),
      h("p", {}, t(`notice-${kind}-text`)),
      again,
    );
  }

  show(undefined);
  return {
    element,
    update() {
      const t = actions.t();
      if (shown !== state.selected || language !== state.language) show(state.selected);
      element.setAttribute("aria-label", t("properties"));
      heading.textContent = t("properties");
      kindLine.hidden = !shown;
      hint.hidden = shown !== undefined;
      hint.textContent = t("nothing-selected");
      if (shown) fill(kindLine, icon(ICONS[kindOf(shown)]), t(`kind-${kindOf(shown)}`));
      drawNotice();
      details.update();
      current?.refresh();
    },
  };
}
