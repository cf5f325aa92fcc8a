// The bar on top: application, provider, streaming, language, theme.
// It must say honestly which provider answers, and when none can.
import { fill, h, ICONS, icon, type Part } from "./dom.js";
import type { Language } from "./i18n/texts.js";
import { type Actions, customWriting, type State, writingAddOn } from "./state.js";

export function isDark(state: State): boolean {
  return (
    (state.preferences.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) ===
    "dark"
  );
}

export function headerPart(state: State, actions: Actions): Part {
  const initial = h("span", { class: "logo", "aria-hidden": "true" });
  const name = h("h1");
  const kind = h("p");
  const provider = h("span", { class: "pill", "data-testid": "provider-badge" });
  const streamLabel = h("span");
  const stream = h("input", { type: "checkbox", role: "switch", "data-testid": "stream-switch" });
  stream.addEventListener("change", () => actions.setStream(stream.checked));
  const languages = (["en", "it"] as const).map((language: Language) =>
    h(
      "button",
      { type: "button", lang: language, onclick: () => actions.setLanguage(language) },
      language.toUpperCase(),
    ),
  );
  const choice = h("div", { class: "choice", role: "group" }, ...languages);
  const theme = h("button", {
    type: "button",
    class: "square",
    "data-testid": "theme",
    onclick: () => actions.toggleTheme(),
  });
  const switchLabel = h("label", { class: "switch" }, stream, streamLabel);
  const tools = h("div", { class: "tools" }, switchLabel, choice, theme);
  const element = h(
    "header",
    { class: "top" },
    initial,
    h("div", { class: "app" }, name, kind),
    provider,
    tools,
  );

  return {
    element,
    update() {
      const t = actions.t();
      const { application: app } = state.session;
      const addOn = writingAddOn(state.session);
      initial.textContent = (app.name || "H").slice(0, 1).toUpperCase();
      name.textContent = app.name || t("host-app");
      kind.textContent = [t("host-app"), app.type, app.environment].filter(Boolean).join(" · ");
      const sandbox = addOn?.provider?.type === "sandbox";
      const own = customWriting(state.session);
      const ready = addOn?.enabled === true && addOn.provider !== null;
      provider.dataset.level = own ? "ok" : ready ? (sandbox ? "sandbox" : "ok") : "off";
      const label = own
        ? t("custom-badge")
        : ready
          ? sandbox
            ? t("sandbox")
            : [addOn.provider?.name, addOn.provider?.model].filter(Boolean).join(" · ")
          : t(addOn?.enabled ? "no-provider-badge" : "addon-off-badge");
      fill(provider, label);
      streamLabel.textContent = t("stream");
      switchLabel.title = t("stream-hint");
      stream.checked = state.preferences.stream;
      choice.setAttribute("aria-label", t("language"));
      for (const button of languages) {
        button.setAttribute("aria-pressed", String(button.lang === state.preferences.language));
      }
      const dark = isDark(state);
      theme.setAttribute("aria-label", t(dark ? "theme-light" : "theme-dark"));
      theme.title = t(dark ? "theme-light" : "theme-dark");
      fill(theme, icon(dark ? ICONS.sun : ICONS.moon));
    },
  };
}
