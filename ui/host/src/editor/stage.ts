// The newsletter as it looks, with every block selectable by mouse and keyboard.
// It must redraw only the block that changed, or the keyboard's place would be lost.
import { fill, h, type Part } from "../dom.js";
import type { EditorActions, EditorState } from "../state.js";
import { localized, readText } from "../template/edit.js";
import { type Column, kindOf, MODULE_PREFIX, type Module, type Template } from "../template/types.js";
import { applyStyle } from "./look.js";
import { rich } from "./rich.js";

export function content({ type, descriptor: d }: Module): HTMLElement {
  const box = applyStyle(h("div", { class: "block-content" }), d.style);
  if (d.heading) box.append(applyStyle(h(d.heading.title, {}, rich(d.heading.text)), d.heading.style));
  if (d.paragraph) box.append(applyStyle(h("div", {}, rich(d.paragraph.html)), d.paragraph.style));
  if (d.list) box.append(applyStyle(h("div", {}, rich(d.list.html)), d.list.style));
  if (d.button)
    box.append(applyStyle(h("div", { class: "mail-button" }, rich(d.button.label)), d.button.style));
  if (d.image) box.append(h("img", { src: d.image.src, alt: d.image.alt }));
  if (d.divider) box.append(applyStyle(h("div", {}), d.divider.style));
  // What this stage can't draw keeps its place, under the builder's own name for it.
  if (!box.hasChildNodes()) box.append(h("p", { class: "other" }, type.replace(MODULE_PREFIX, "")));
  return box;
}

/** The template's rows and columns, each block drawn by `block`. */
export function rowsOf({ page }: Template, block: (module: Module) => HTMLElement): HTMLElement[] {
  const column = ({ "grid-columns": width, style, modules }: Column) => {
    const box = applyStyle(h("div", { class: "col" }, ...modules.map(block)), style);
    box.style.setProperty("--span", String(width));
    return box;
  };
  return page.rows.map(({ container, content: inside, columns }) => {
    const row = applyStyle(h("div", { class: "row" }), inside?.style);
    row.append(...columns.map(column));
    return applyStyle(h("div", { class: "band" }, row), container?.style);
  });
}

/** The sheet the rows lie on. */
export function paperOf({ page: { body } }: Template, paper: HTMLElement): void {
  const { messageBackgroundColor, messageWidth = "" } = body.content.computedStyle ?? {};
  applyStyle(paper, { ...body.content.style, "background-color": messageBackgroundColor ?? "" });
  paper.style.setProperty("max-inline-size", /^\d+px$/.test(messageWidth) ? messageWidth : null);
}

export interface Stage extends Part {
  /** Puts the keyboard back on the selected block. */
  focus(): void;
}

export function stagePart(state: EditorState, actions: EditorActions): Stage {
  const paper = h("article", { class: "paper" });
  const element = h("section", { class: "stage", "data-testid": "stage" }, paper);
  const shown = new Map<Module, { box: HTMLElement; button: HTMLButtonElement; text: string }>();
  let template = state.template;

  const asShown = (module: Module) => localized(module, state.shown);

  function label(module: Module): string {
    const t = actions.t();
    const text = readText(asShown(module)) || (asShown(module).descriptor.image?.alt ?? "");
    const kind = t(`kind-${kindOf(module)}`);
    return text ? t("select-block", { kind, text: text.slice(0, 60) }) : kind;
  }

  function blockOf(module: Module): HTMLElement {
    // The button lies over the block, so that headings stay headings for screen readers.
    const button = h("button", { class: "pick", type: "button", onclick: () => actions.select(module) });
    const box = h(
      "div",
      { class: "block", "data-testid": `module-${module.uuid}` },
      content(asShown(module)),
      button,
    );
    shown.set(module, { box, button, text: JSON.stringify(asShown(module).descriptor) });
    return box;
  }

  function build(): void {
    shown.clear();
    applyStyle(element, state.template.page.body.container?.style);
    paperOf(state.template, paper);
    fill(paper, ...rowsOf(state.template, blockOf));
  }

  build();
  return {
    element,
    focus: () => state.selected && shown.get(state.selected)?.button.focus(),
    update() {
      if (template !== state.template) {
        template = state.template;
        build();
      }
      element.setAttribute("aria-label", actions.t()("stage"));
      // The page's own language is one thing, the newsletter's another.
      paper.lang = state.shown || state.languages.main.value;
      // What is edited while a translation runs would be lost when it arrives.
      element.inert = state.translating;
      for (const [module, view] of shown) {
        const text = JSON.stringify(asShown(module).descriptor);
        if (text !== view.text) {
          view.text = text;
          view.box.firstElementChild?.replaceWith(content(asShown(module)));
        }
        const selected = module === state.selected;
        view.box.classList.toggle("selected", selected);
        view.box.dataset.kind = actions.t()(`kind-${kindOf(module)}`);
        view.button.setAttribute("aria-pressed", String(selected));
        view.button.setAttribute("aria-label", label(module));
      }
    },
  };
}
