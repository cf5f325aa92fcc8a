// The rail at the side: the host's own counts and every callback it received, newest first.
// It must not keep events beyond the page: they may hold what the end user wrote.
import { fill, h, type Part } from "../dom.js";
import { type Actions, HANDLES, type State } from "../state.js";
import { eventEntry } from "./entry.js";

export function railPart(state: State, actions: Actions): Part {
  const title = h("h2");
  const clear = h("button", {
    type: "button",
    "data-testid": "clear-events",
    onclick: () => actions.clearEvents(),
  });
  const used = h("strong", { "data-testid": "tokens-used" });
  const usedLabel = h("span");
  const meter = h("progress", { max: 1 });
  const allowance = h("input", {
    type: "number",
    id: "allowance",
    min: 0,
    step: 100,
    "data-testid": "tokens-available",
  });
  allowance.addEventListener("change", () => actions.setAllowance(Number(allowance.value) || 0));
  const allowanceLabel = h("label", { for: "allowance" });
  const images = h("p", { class: "hint", "data-testid": "images-used" });
  const note = h("p", { class: "hint" });
  const empty = h("p", { class: "hint" });
  const list = h("ol", { class: "events", "data-testid": "events" });
  const counts = h(
    "div",
    { class: "counts" },
    h("div", {}, usedLabel, used),
    h("div", {}, allowanceLabel, allowance),
  );
  const element = h(
    "section",
    { class: "rail" },
    h("div", { class: "tokens" }, counts, meter, images, note),
    h("div", { class: "rail-head" }, title, clear),
    empty,
    list,
  );
  let drawn: readonly unknown[] = [];
  let language = "";

  return {
    element,
    update() {
      const t = actions.t();
      const { balances, session } = state;
      const { used: tokens } = balances.tokens;
      const available = balances.available(HANDLES.writing, session);
      element.setAttribute("aria-label", t("rail"));
      title.textContent = t("rail");
      clear.textContent = t("clear");
      clear.hidden = state.events.length === 0;
      usedLabel.textContent = t("tokens-used");
      used.textContent = String(tokens);
      allowanceLabel.textContent = t("allowance");
      if (document.activeElement !== allowance) allowance.value = String(available);
      meter.value = available > 0 ? Math.min(1, tokens / available) : 1;
      meter.setAttribute("aria-label", t("tokens-used"));
      images.textContent = t("images-used", balances.images(session));
      note.textContent = t("counted-here");
      empty.hidden = state.events.length > 0;
      empty.textContent = t("rail-empty");
      if (drawn === state.events && language === state.preferences.language) return;
      drawn = state.events;
      language = state.preferences.language;
      fill(list, ...state.events.map((event) => eventEntry(event, t)));
    },
  };
}
