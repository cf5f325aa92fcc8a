// The bar above the newsletter: email details, Co-Pilot, language with Translate and Reset.
// It must say in words what a translation is doing: the stage alone is not enough for everybody.
import { fill, h, type Part } from "../dom.js";
import { hasTranslation } from "../languages.js";
import { addOnOf, type EditorActions, type EditorState, HANDLES } from "../state.js";

export function toolbarPart(state: EditorState, actions: EditorActions, panelTarget: HTMLElement): Part {
  const details = h("button", {
    type: "button",
    "data-testid": "email-details",
    onclick: () => actions.select(undefined),
  });
  const label = h("label", { for: "template-language" });
  const language = h("select", { id: "template-language", "data-testid": "template-language" });
  language.addEventListener("change", () => actions.show(language.value));
  const translate = h("button", {
    type: "button",
    class: "primary",
    "data-testid": "translate",
    onclick: () => actions.translate(),
  });
  const reset = h("button", {
    type: "button",
    "data-testid": "reset-translation",
    onclick: () => actions.resetTranslation(),
  });
  const status = h("span", { class: "hint", role: "status", "data-testid": "translation-status" });
  const pilot = h("div", { class: "pilot" });
  state.addon.mountCoPilot(pilot, { panelTarget, template: () => state.template });
  const element = h(
    "div",
    { class: "toolbar", role: "group" },
    details,
    pilot,
    label,
    language,
    translate,
    reset,
    status,
  );

  return {
    element,
    update() {
      const t = actions.t();
      const { template, shown, translating, session, languages } = state;
      element.setAttribute("aria-label", t("toolbar"));
      details.textContent = t("email-details");
      details.setAttribute("aria-pressed", String(state.selected === undefined));
      label.textContent = t("template-language");
      label.hidden = language.hidden = languages.others.length === 0;
      fill(
        language,
        h("option", { value: "" }, t("main-language", { language: languages.main.label })),
        ...languages.others.map(({ value, label }) => h("option", { value, lang: value }, label)),
      );
      language.value = shown;
      language.disabled = translating;
      const done = shown !== "" && hasTranslation(template, shown);
      const off = addOnOf(session, HANDLES.translation)?.enabled !== true;
      translate.hidden = shown === "" || off || !languages.automatic;
      translate.disabled = translating;
      translate.textContent = t(done ? "translate-again" : "translate");
      reset.hidden = !done;
      reset.disabled = translating;
      reset.textContent = t("reset-translation");
      status.textContent = translating
        ? t("translating")
        : shown === ""
          ? ""
          : t(done ? "translated" : off && languages.automatic ? "translation-off" : "not-translated");
    },
  };
}
