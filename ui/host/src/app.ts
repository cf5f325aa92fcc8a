// The editor once a session is there: holds the state, wires the parts, talks to the AddOn.
// It must use the SDK's public face only, as any host app has to.
import type { HaAddonInstance, PartialConfig, Session } from "@addon-console/ha-addon";
import { fill, h } from "./dom.js";
import { sidebarPart } from "./editor/sidebar.js";
import { stagePart } from "./editor/stage.js";
import { headerPart, isDark } from "./header.js";
import { type T, texts } from "./i18n/texts.js";
import { type Preferences, savePreferences } from "./preferences.js";
import type { EventLog } from "./rail/log.js";
import { railPart } from "./rail/rail.js";
import { type Actions, HANDLE, type State, writingAddOn } from "./state.js";
import { writeText } from "./template/edit.js";
import { newsletter } from "./template/newsletter.js";
import { upsellDialog } from "./upsell.js";
import { TokenCounter } from "./usage.js";

export function startApp(
  root: Element,
  addon: HaAddonInstance,
  session: Session,
  preferences: Preferences,
  log: EventLog,
) {
  const counter = new TokenCounter(session.uid);
  const template = newsletter(preferences.language);
  const state: State = {
    preferences,
    addon,
    counter,
    session,
    template,
    edited: false,
    selected: undefined,
    events: [],
  };
  const t = (): T => texts(preferences.language);
  const available = () => counter.allowance(writingAddOn(state.session)?.settings.tokensAvailable);
  /** Feeding the numbers back is the host's duty: the AddOn only shows them. */
  const feedBack = (extra: PartialConfig = {}) => {
    const settings = { tokensUsed: counter.used, tokensAvailable: available(), isUpsellEnabled: true };
    void addon.loadConfig({ ...extra, addOns: [{ id: HANDLE, settings }] });
  };
  const buy = (amount: number) => {
    counter.chosen = available() + amount;
    update();
    return available();
  };
  const upsell = () => ({ contentDialog: { upsell: upsellDialog(t, buy) } });

  const actions: Actions = {
    t,
    select(module) {
      if (module === state.selected) return;
      addon.closePanel();
      state.selected = module;
      update();
      stage.focus();
    },
    edit(module, text, promptId) {
      writeText(module, text, promptId);
      state.edited = true;
      update();
    },
    setLanguage(language) {
      if (language === preferences.language) return;
      addon.closePanel();
      preferences.language = language;
      if (!state.edited) {
        state.template = newsletter(language);
        state.selected = undefined;
      }
      feedBack({ language, ...upsell() });
      save();
    },
    toggleTheme() {
      preferences.theme = isDark(state) ? "light" : "dark";
      save();
    },
    setStream(stream) {
      preferences.stream = stream;
      feedBack({ stream });
      save();
    },
    setAllowance(tokens) {
      counter.chosen = tokens;
      feedBack();
      update();
    },
    clearEvents: () => log.clear(),
    checkSession() {
      addon.getSession({ refresh: true }).then(
        (fresh) => {
          state.session = fresh;
          update();
        },
        () => undefined,
      );
    },
  };

  const editor = h("div", { class: "editor" });
  const stage = stagePart(state, actions);
  const rail = railPart(state, actions);
  const parts = [headerPart(state, actions), stage, sidebarPart(state, actions, editor), rail];

  function save(): void {
    savePreferences(preferences);
    update();
  }
  function update(): void {
    document.documentElement.lang = preferences.language;
    document.title = `${state.session.application.name || t()("host-app")} · AddOn Console`;
    if (preferences.theme) document.documentElement.dataset.theme = preferences.theme;
    for (const part of parts) part.update();
  }

  const [header, stageElement, sidebar] = parts.map((part) => part.element) as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  editor.append(stageElement, sidebar);
  fill(root, header, h("main", { class: "work" }, editor, rail.element));
  log.listen((events, latest) => {
    state.events = events;
    if (latest?.callback === "onInfo" && latest.tokens > 0) {
      counter.add(latest.tokens);
      feedBack();
    }
    update();
  });
  // Whoever switches something on in the console and comes back should see it at once.
  window.addEventListener("focus", () => actions.checkSession());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
  feedBack(upsell());
  update();
}
