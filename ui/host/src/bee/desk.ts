// One editor with one template, once the session is there: wires state, actions and the host's callbacks together.
// It must hold no rule of the AddOns: the SDK has them.
import type { HaAddonInstance, Session } from "@addon-console/ha-addon";
import { h } from "../dom.js";
import { createEditorActions, type Edit } from "../editor/actions.js";
import { type Editor, editorPart } from "../editor/editor.js";
import { type Language, type T, texts } from "../i18n/texts.js";
import type { Languages } from "../languages.js";
import type { EditorActions, EditorState } from "../state.js";
import { type Module, modulesOf, type Template } from "../template/types.js";
import { describe, patches } from "./changes.js";
import { sketchHtml } from "./document.js";
import type { BeeConfig, HostApp } from "./host-app.js";

export function languageOf(config: BeeConfig): Language {
  return (config.language ?? "en").toLowerCase().startsWith("it") ? "it" : "en";
}

export class Desk {
  readonly element: HTMLElement;
  readonly actions: EditorActions;
  readonly state: EditorState;
  version = 1;
  #before: Template;
  #previewing = false;
  #selected: Module | undefined;
  readonly #editor: Editor;
  readonly #buttons: readonly [save: HTMLElement, preview: HTMLElement, name: HTMLElement];

  constructor(
    private readonly host: HostApp,
    addon: HaAddonInstance,
    session: Session,
    template: Template,
    save: () => void,
  ) {
    this.#before = structuredClone(template);
    const desk = this;
    this.state = {
      addon,
      get language() {
        return languageOf(addon.config as BeeConfig);
      },
      get languages() {
        return desk.#languages();
      },
      session,
      template,
      shown: "",
      translating: false,
      selected: undefined,
    };
    this.actions = createEditorActions(this.state, {
      t: () => this.t,
      update: () => this.update(),
      focusStage: () => this.#editor.stage.focus(),
      edited: (edit) => this.#changed(edit),
      shown: () => host.call("onTemplateLanguageChange", this.language),
    });
    this.#editor = editorPart(this.state, this.actions);
    this.element = this.#editor.element;
    const button = (id: string, onclick: () => void) =>
      h("button", { type: "button", "data-testid": id, onclick });
    const preview = () => {
      this.preview(!this.#previewing);
      host.call("onPreview", this.#previewing);
    };
    this.#buttons = [
      button("bee-save", save),
      button("bee-preview", preview),
      h("span", { class: "pill stand-in" }),
    ];
    this.#editor.toolbar.element.append(...this.#buttons);
    this.update();
  }

  get t(): T {
    return texts(this.state.language);
  }

  get json(): string {
    return JSON.stringify(this.state.template);
  }

  /** The language on the stage, in Beefree's shape. */
  get language(): { label: string; value: string; isMain: boolean } {
    const { shown, languages } = this.state;
    const { label, value } = languages.others.find((one) => one.value === shown) ?? languages.main;
    return { label, value, isMain: shown === "" };
  }

  /** What stands for `language` in the state; undefined if the template is not offered in it. */
  known(language: string | undefined): string | undefined {
    const { main, others } = this.state.languages;
    if (language === undefined || language === main.value) return "";
    return others.some(({ value }) => value === language) ? language : undefined;
  }

  html(language: string): string {
    return sketchHtml(this.state.template, language, language || this.state.languages.main.value);
  }

  find(uuid: string): Module | undefined {
    return [...modulesOf(this.state.template)].find((module) => module.uuid === uuid);
  }

  load(template: Template): void {
    this.state.addon.closePanel();
    const uuid = this.state.selected?.uuid;
    this.state.template = template;
    this.state.selected = uuid === undefined ? undefined : this.find(uuid);
    this.#before = structuredClone(template);
    this.update();
  }

  preview(on: boolean): void {
    if (on === this.#previewing) return;
    this.state.addon.closePanel();
    this.#previewing = on;
    this.update();
    this.host.call("onTogglePreview", on);
    this.host.call("onViewChange", on ? "preview" : "editor");
  }

  get previewing(): boolean {
    return this.#previewing;
  }

  update(): void {
    this.#editor.update();
    const [save, preview, name] = this.#buttons;
    save.textContent = this.t("save");
    preview.textContent = this.t(this.#previewing ? "preview-close" : "preview");
    name.textContent = this.t("stand-in");
    this.element.lang = this.state.language;
    this.element.classList.toggle("previewing", this.#previewing);
    if (this.#selected === this.state.selected) return;
    this.#selected = this.state.selected;
    if (this.#selected) this.host.call("onSelectElement", { type: "module", uuid: this.#selected.uuid });
  }

  #languages(): Languages {
    const config = this.state.addon.config;
    const own = config.templateLanguage ?? this.state.template.page.language;
    const value = own?.value ?? config.language ?? "en-US";
    const named = (one: { value: string; label?: string }) => ({
      value: one.value,
      label: one.label ?? one.value,
    });
    return {
      main: named({ ...own, value }),
      others: (config.templateLanguages ?? []).filter((one) => one.value !== value).map(named),
      automatic: config.templateLanguageAutoTranslation === true,
    };
  }

  #changed(edit: Edit): void {
    const found = patches(this.#before, this.state.template);
    if (found.length === 0) return;
    this.version += 1;
    this.#before = structuredClone(this.state.template);
    if (this.host.config.trackChanges !== true) return;
    this.host.call("onChange", this.json, describe(edit, this.state.shown, found, this.t), this.version);
  }
}
