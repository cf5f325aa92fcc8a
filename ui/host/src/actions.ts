// What the visitor of the demo page can do besides editing, each as one function on the state.
// It must leave drawing to the parts: an action changes the state and asks for an update.
import type { PartialConfig } from "@addon-console/ha-addon";
import { createEditorActions, type EditorPorts } from "./editor/actions.js";
import { isDark } from "./header.js";
import type { EventLog } from "./rail/log.js";
import type { Actions, State } from "./state.js";
import { newsletter } from "./template/newsletter.js";

export interface AppPorts extends EditorPorts {
  readonly save: () => void;
  readonly feedBack: (extra?: PartialConfig) => void;
  readonly dialogs: () => PartialConfig;
  readonly log: EventLog;
}

export function createActions(state: State, ports: AppPorts): Actions {
  const { addon, preferences } = state;

  return {
    ...createEditorActions(state, ports),
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
  };
}
