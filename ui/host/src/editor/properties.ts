// The rows of the side bar: what can be edited or read about the selected block.
// It must write through the app's actions only, so that the stage and the template agree.
import { h } from "../dom.js";
import type { TextKey } from "../i18n/texts.js";
import type { EditorActions, EditorState } from "../state.js";
import { localized, promptOf, readText } from "../template/edit.js";
import { kindOf, type Module } from "../template/types.js";

interface Fact {
  readonly key: TextKey;
  readonly value: string;
  readonly swatch?: boolean;
}

function facts({ descriptor: d }: Module): Fact[] {
  const style = (d.heading ?? d.paragraph ?? d.list ?? d.button ?? d.divider)?.style ?? {};
  const found: Fact[] = [];
  const add = (key: TextKey, value: string | undefined, swatch = false) => {
    if (value) found.push({ key, value, swatch });
  };
  add("heading-level", d.heading?.title.toUpperCase());
  add("font-size", style["font-size"]);
  add("color", style.color, true);
  add("background", style["background-color"], true);
  add("border-radius", style["border-radius"]);
  add("link", d.button?.href);
  add("line-style", style["border-top"]);
  return found;
}

function factRow(actions: EditorActions, { key, value, swatch }: Fact): HTMLElement {
  const chip = h("i", { class: "swatch", "aria-hidden": "true" });
  if (swatch) chip.style.setProperty("background-color", value);
  return h(
    "div",
    { class: "fact" },
    h("span", {}, actions.t()(key)),
    h("span", { class: "value" }, swatch === true && chip, value),
  );
}

export interface Properties {
  readonly element: HTMLElement;
  /** Under the alternate text: the place for the AddOn's wand. */
  readonly wand: HTMLElement;
  refresh(): void;
}

export function properties(module: Module, state: EditorState, actions: EditorActions): Properties {
  const t = actions.t();
  const kind = kindOf(module);
  const element = h("div", { class: "fields" });
  const input = h("textarea", { id: "block-text", rows: kind === "PARAGRAPH" || kind === "LIST" ? 7 : 2 });
  const prompt = h("span", { class: "value mono" });
  const promptRow = h("div", { class: "fact" }, h("span", {}, t("written-by-ai")), prompt);

  const wand = h("div", { class: "alt-entry" });

  if (kind === "IMAGE") {
    element.append(h("label", { for: "block-text" }, t("alt-text")), input, wand);
    input.addEventListener("input", () => actions.editAlt(module, input.value));
  } else if (kind === "OTHER") {
    element.append(h("p", { class: "hint" }, t("other-text")));
  } else if (kind !== "DIVIDER") {
    element.append(h("label", { for: "block-text" }, t("text")), input);
    input.addEventListener("input", () => actions.edit(module, input.value));
  }
  element.append(...facts(module).map((fact) => factRow(actions, fact)), promptRow);

  return {
    element,
    wand,
    refresh() {
      const now = localized(module, state.shown);
      const text = now.descriptor.image?.alt ?? readText(now);
      if (!input.matches(":focus") && input.value !== text) input.value = text;
      const id = promptOf(module);
      promptRow.hidden = id === undefined;
      prompt.textContent = id ?? "";
    },
  };
}
