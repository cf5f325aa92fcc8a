// The newsletter as it looks, with every block selectable by mouse and keyboard.
// It must redraw only the block that changed, or the keyboard's place would be lost.
import { fill, h, type Part } from "../dom.js";
import type { Actions, State } from "../state.js";
import { localized, readText } from "../template/edit.js";
import { kindOf, type Module } from "../template/types.js";
import { applyStyle } from "./look.js";
import { rich } from "./rich.js";

function content({ descriptor: d }: Module): HTMLElement {
  const box = applyStyle(h("div", { class: "block-content" }), d.style);
  if (d.heading) box.append(applyStyle(h(d.heading.title, {}, rich(d.heading.text)), d.heading.style));
  if (d.paragraph) box.append(applyStyle(h("div", {}, rich(d.paragraph.html)), d.paragraph.style));
  if (d.list) box.append(applyStyle(h("div", {}, rich(d.list.html)), d.list.style));
  if (d.button)
    box.append(applyStyle(h("div", { class: "mail-button" }, rich(d.button.label)), d.button.style));
  if (d.image) box.append(h("img", { src: d.image.src, alt: d.image.alt }));
  if (d.divider) box.append(applyStyle(h("div", {}), d.divider.style));
  return box;
}

export interface Stage extends Part {
  /** Puts the keyboard back on the selected block. */
  focus(): void;
}

export function stagePart(state: State, actions: Actions): Stage {
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
    const { body, rows } = state.template.page;
    applyStyle(element, body.container.style);
    applyStyle(paper, {
      ...body.content.style,
      "background-color": body.content.computedStyle.messageBackgroundColor ?? "",
    });
    fill(
      paper,
      ...rows.map((row) =>
        h(
          "div",
          { class: "row" },
          ...row.columns.map((c) =>
            applyStyle(
              h("div", { class: `col col-${c["grid-columns"]}` }, ...c.modules.map(blockOf)),
              c.style,
            ),
          ),
        ),
      ),
    );
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
      paper.lang = state.shown || state.template.page.language.value;
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
