// The bottom of the panel: text area, suggestions, usage, Generate and Stop, Clear results.
// It must not talk to the proxy, and must not lose what the user typed.
import { h } from "../../dom/h.js";
import type { PanelActions, PanelModel, View } from "./model.js";
import { SuggestionPopup } from "./popup.js";
import { firstBracket } from "./suggestions.js";

export interface Composer extends View {
  focus(): void;
  /** Gives a failed prompt back, unless the user is writing the next one. */
  restore(prompt: string): void;
}

export function composerView(actions: PanelActions): Composer {
  let model: PanelModel | undefined;
  const input = h("textarea", { rows: 3, "data-testid": "prompt" });
  const popup = new SuggestionPopup(input, choose);
  const hint = h("p", { class: "hint", hidden: true });
  const usage = h("span", { class: "usage", dir: "auto", "data-testid": "usage" });
  const clear = h("button", { class: "link", type: "button", onclick: () => actions.clear() });
  const stop = h("button", { type: "button", "data-testid": "stop", onclick: stopNow });
  const generate = h("button", {
    class: "primary",
    type: "button",
    "data-testid": "generate",
    onclick: submit,
  });
  const bar = h("div", { class: "bar" }, usage, clear, stop, generate);
  const element = h("div", { class: "composer" }, popup.element, input, hint, bar);

  function blocked(): boolean {
    return (
      !model ||
      model.usage.inputLocked ||
      model.locked ||
      model.conversation.running ||
      input.value.trim() === ""
    );
  }
  function refresh(): void {
    generate.disabled = blocked();
    const bracket = firstBracket(input.value);
    hint.hidden = !bracket;
    hint.textContent = bracket && model ? model.t("bracket-hint", { bracket: bracket.text }) : "";
  }
  function submit(): void {
    if (blocked()) return;
    const prompt = input.value.trim();
    input.value = "";
    popup.close();
    // Generate becomes disabled; keep the keyboard user inside the panel.
    popup.focusInput();
    actions.generate(prompt);
  }
  function stopNow(): void {
    actions.stop();
    popup.focusInput();
  }
  function choose(prompt: string): void {
    input.value = prompt;
    popup.close();
    popup.focusInput();
    const bracket = firstBracket(prompt);
    if (bracket) input.setSelectionRange(bracket.start, bracket.end);
    refresh();
  }

  input.addEventListener("input", () => {
    if (input.value !== "") popup.close();
    refresh();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && input.value === "") {
      event.preventDefault();
      popup.focusFirst();
    }
    // Ctrl+Enter always sends (ours); plain Enter only if the host switched it on.
    const plain = model?.settings.submitOnEnterKey === true && !event.shiftKey;
    if (event.key !== "Enter" || event.isComposing || !(plain || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !popup.isOpen) return;
    event.stopPropagation();
    popup.close();
    popup.focusInput();
  });
  element.addEventListener("focusout", (event) => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && element.contains(to))) popup.close();
  });

  return {
    element,
    focus: () => popup.focusInput(),
    restore(prompt) {
      if (input.value === "") input.value = prompt;
      refresh();
    },
    update(next) {
      model = next;
      const { t, settings, conversation, tokenLabel } = next;
      const { tokensUsed = 0, tokensAvailable = 0 } = settings;
      input.placeholder = t("placeholder");
      input.setAttribute("aria-label", t("placeholder"));
      input.disabled = next.usage.inputLocked || next.locked;
      usage.hidden = !next.usage.widget;
      usage.textContent = t("token-usage", { tokensUsed, tokensAvailable, tokenLabel });
      clear.hidden = conversation.turns.length === 0;
      clear.textContent = t("clear-results");
      stop.hidden = !conversation.running;
      stop.textContent = t("stop");
      generate.textContent = t("generate");
      popup.update(next);
      refresh();
    },
  };
}
