// What the visitor can do, each as one function on the state.
// It must leave drawing to the parts: an action changes the state and asks for an update.
import type { PartialConfig } from "@addon-console/ha-addon";
import { isDark } from "./header.js";
import type { T } from "./i18n/texts.js";
import type { EventLog } from "./rail/log.js";
import type { Actions, State } from "./state.js";
import { writeAlt, writeImage, writeMeta, writeText } from "./template/edit.js";
import { newsletter } from "./template/newsletter.js";
import { type Module, modulesOf, type Template } from "./template/types.js";

export interface AppPorts {
  readonly t: () => T;
  readonly update: () => void;
  readonly save: () => void;
  readonly feedBack: (extra?: PartialConfig) => void;
  readonly dialogs: () => PartialConfig;
  readonly focusStage: () => void;
  readonly log: EventLog;
}

export function createActions(state: State, ports: AppPorts): Actions {
  const { addon, preferences } = state;

  function changed(): void {
    state.edited = true;
    ports.update();
  }

  function replace(template: Template): void {
    // The new template has new objects for the same blocks.
    const uuid = state.selected?.uuid;
    state.template = template;
    state.selected = [...modulesOf(template)].find((module: Module) => module.uuid === uuid);
  }

  /** Runs one of the SDK's translation methods; what goes wrong is in onError already. */
  async function whileTranslating(work: () => Promise<Template>): Promise<void> {
    if (state.translating) return;
    addon.closePanel();
    state.translating = true;
    ports.update();
    try {
      replace(await work());
      state.edited = true;
    } catch {
      // The rail shows the error; the template is as it was.
    }
    state.translating = false;
    ports.update();
  }

  return {
    t: ports.t,
    select(module) {
      if (module === state.selected) return;
      addon.closePanel();
      state.selected = module;
      ports.update();
      if (module) ports.focusStage();
    },
    edit(module, text, promptId) {
      writeText(module, text, promptId, state.shown);
      changed();
    },
    editAlt(module, alt) {
      writeAlt(module, alt, state.shown);
      changed();
    },
    editImage(module, src) {
      writeImage(module, src);
      changed();
    },
    editMeta(meta) {
      writeMeta(state.template, meta, state.shown);
      changed();
    },
    show(language) {
      addon.closePanel();
      state.shown = language;
      ports.update();
    },
    translate() {
      const { template, shown: language } = state;
      void whileTranslating(() => addon.translateTemplate(template, { language }));
    },
    resetTranslation() {
      const { template, shown: language } = state;
      void whileTranslating(() => addon.resetTemplateTranslation(template, { language }));
    },
    setLanguage(language) {
      if (language === preferences.language) return;
      addon.closePanel();
      preferences.language = language;
      if (!state.edited) {
        state.template = newsletter(language);
        state.shown = "";
        state.selected = undefined;
      }
      ports.feedBack({ language, ...ports.dialogs() });
      ports.save();
    },
    toggleTheme() {
      preferences.theme = isDark(state) ? "light" : "dark";
      ports.save();
    },
    setStream(stream) {
      preferences.stream = stream;
      ports.feedBack({ stream });
      ports.save();
    },
    setAllowance(tokens) {
      state.balances.tokens.chosen = tokens;
      ports.feedBack();
      ports.update();
    },
    clearEvents: () => ports.log.clear(),
    checkSession() {
      addon.getSession({ refresh: true }).then(
        (fresh) => {
          state.session = fresh;
          ports.update();
        },
        () => undefined,
      );
    },
  };
}
