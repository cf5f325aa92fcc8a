// The editor once a session is there: holds the state, wires the parts, talks to the AddOn.
// It must use the SDK's public face only, as any host app has to.
import type { HaAddonInstance, PartialConfig, Session } from "@addon-console/ha-addon";
import { createActions } from "./actions.js";
import { Balances } from "./balances.js";
import { customDialog } from "./custom.js";
import { fill, h } from "./dom.js";
import { editorPart } from "./editor/editor.js";
import { headerPart } from "./header.js";
import { type T, texts } from "./i18n/texts.js";
import { type Languages, TARGETS, targets } from "./languages.js";
import { type Preferences, savePreferences } from "./preferences.js";
import type { EventLog } from "./rail/log.js";
import { railPart } from "./rail/rail.js";
import type { State } from "./state.js";
import { LANGUAGES, newsletter } from "./template/newsletter.js";
import { brandToneHook } from "./tones.js";
import { upsellDialog } from "./upsell.js";

export function startApp(
  root: Element,
  addon: HaAddonInstance,
  session: Session,
  preferences: Preferences,
  log: EventLog,
) {
  const balances = new Balances(session.uid);
  const state: State = {
    preferences,
    addon,
    balances,
    session,
    get language() {
      return preferences.language;
    },
    get languages(): Languages {
      const { language = LANGUAGES[preferences.language] } = state.template.page;
      return { main: language, others: targets(state.template), automatic: true };
    },
    template: newsletter(preferences.language),
    shown: "",
    translating: false,
    edited: false,
    selected: undefined,
    events: [],
  };
  const t = (): T => texts(preferences.language);
  /** Feeding the numbers back is the host's duty: the AddOn only shows them. */
  const feedBack = (extra: PartialConfig = {}) => {
    void addon.loadConfig({ ...extra, addOns: balances.config(state.session) });
  };
  const buy = (handle: string, amount: number) => {
    const bought = balances.buy(handle, amount, state.session);
    update();
    return bought;
  };
  /** What depends on the page's own language. */
  const dialogs = (): PartialConfig => ({
    contentDialog: { upsell: upsellDialog(t, buy), customLLM: customDialog(t) },
    templateLanguage: state.languages.main,
    templateLanguages: TARGETS,
  });
  const actions = createActions(state, {
    t,
    update,
    feedBack,
    dialogs,
    log,
    save() {
      savePreferences(preferences);
      update();
    },
    edited() {
      state.edited = true;
    },
    focusStage: () => editor.stage.focus(),
  });

  const editor = editorPart(state, actions);
  const rail = railPart(state, actions);
  const header = headerPart(state, actions);
  const parts = [header, editor, rail];

  function update(): void {
    document.documentElement.lang = preferences.language;
    document.title = `${state.session.application.name || t()("host-app")} · AddOn Console`;
    if (preferences.theme) document.documentElement.dataset.theme = preferences.theme;
    for (const part of parts) part.update();
  }

  fill(root, header.element, h("main", { class: "work" }, editor.element, rail.element));
  log.listen((events, latest) => {
    state.events = events;
    if (latest && balances.take(latest)) feedBack();
    update();
  });
  // Whoever switches something on in the console and comes back should see it at once.
  window.addEventListener("focus", () => actions.checkSession());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
  feedBack({ ...dialogs(), hooks: brandToneHook() });
  update();
}
