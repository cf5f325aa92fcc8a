// What can be done in the editor, each as one function on the state: on the demo page and in the stand-in for the plugin.
// It must leave drawing to the parts: an action changes the state, says what it edited, and asks for an update.
import { AddonError, type HaAddonProblem } from "@addon-console/ha-addon";
import type { T } from "../i18n/texts.js";
import type { EditorActions, EditorState } from "../state.js";
import { writeAlt, writeImage, writeMeta, writeText } from "../template/edit.js";
import { type Module, modulesOf, type Template } from "../template/types.js";

export interface Edit {
  /** Undefined: the template as a whole. */
  readonly module?: Module;
  readonly what: "text" | "alt" | "src" | "template";
}

export interface EditorPorts {
  readonly t: () => T;
  readonly update: () => void;
  readonly focusStage: () => void;
  readonly edited: (edit: Edit) => void;
  readonly shown?: () => void;
}

const BUSY: HaAddonProblem = {
  code: 6100,
  message: "Bad Request",
  detail: "still translating",
  name: "translation-running",
};

function problemOf(error: unknown): HaAddonProblem {
  if (error instanceof AddonError) return error.toEvent();
  return { code: 9999, message: "Unexpected error", detail: String(error) };
}

export function createEditorActions(state: EditorState, ports: EditorPorts): EditorActions {
  const { addon } = state;

  function changed(edit: Edit): void {
    ports.edited(edit);
    ports.update();
  }

  function replace(template: Template): void {
    // The new template has new objects for the same blocks.
    const uuid = state.selected?.uuid;
    state.template = template;
    state.selected = [...modulesOf(template)].find((module: Module) => module.uuid === uuid);
  }

  /** Runs one of the SDK's translation methods; it has told onError already what went wrong. */
  async function whileTranslating(work: () => Promise<Template>): Promise<HaAddonProblem | undefined> {
    if (state.translating) return BUSY;
    addon.closePanel();
    state.translating = true;
    ports.update();
    let problem: HaAddonProblem | undefined;
    try {
      replace(await work());
      ports.edited({ what: "template" });
    } catch (error) {
      problem = problemOf(error);
    }
    state.translating = false;
    ports.update();
    return problem;
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
      changed({ module, what: "text" });
    },
    editAlt(module, alt) {
      writeAlt(module, alt, state.shown);
      changed({ module, what: "alt" });
    },
    editImage(module, src) {
      writeImage(module, src);
      changed({ module, what: "src" });
    },
    editMeta(meta) {
      writeMeta(state.template, meta, state.shown);
      changed({ what: "template" });
    },
    show(language) {
      addon.closePanel();
      state.shown = language;
      ports.update();
      ports.shown?.();
    },
    translate: (language = state.shown) =>
      whileTranslating(() => addon.translateTemplate(state.template, { language })),
    resetTranslation: (language = state.shown) =>
      whileTranslating(() => addon.resetTemplateTranslation(state.template, { language })),
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
