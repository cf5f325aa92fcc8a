// The pop-up with suggestions above the input.
// It must stay out of the way: it opens on the user's own act only, and never over a text being written.
import { deepActive } from "../../dom/focus.js";
import { fill, h } from "../../dom/h.js";
import type { PanelModel } from "./model.js";
import { hasRealContent, SUGGESTIONS } from "./suggestions.js";

export class SuggestionPopup {
  readonly element = h("div", { class: "popup", role: "group", "data-testid": "suggestions", hidden: true });
  #allowed = false;
  #quiet = false;

  constructor(
    private readonly input: HTMLTextAreaElement,
    private readonly choose: (prompt: string) => void,
  ) {
    input.addEventListener("focus", () => this.#quiet || this.open());
    // The input may have focus already, since the panel opened.
    input.addEventListener("click", () => this.open());
    this.element.addEventListener("keydown", (event) => this.#move(event));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    this.element.hidden = !this.#allowed || this.input.value !== "" || this.input.disabled;
  }

  /** Focus that the user did not ask for: the pop-up would only be in the way. */
  focusInput(): void {
    this.#quiet = true;
    this.input.focus();
    this.#quiet = false;
  }

  close(): void {
    this.element.hidden = true;
  }

  focusFirst(): void {
    this.open();
    this.element.querySelector("button")?.focus();
  }

  update({ t, module, settings, conversation, usage }: PanelModel): void {
    this.#allowed =
      hasRealContent(module) &&
      !settings.isSuggestionsDisabled &&
      !conversation.running &&
      !usage.inputLocked;
    if (!this.#allowed) this.close();
    this.element.setAttribute("aria-label", t("suggestions-label"));
    // Redrawing while one of the buttons has focus would drop the focus.
    if (this.element.contains(deepActive())) return;
    const buttons = SUGGESTIONS[module.type].map((key) => {
      const prompt = t(key);
      return h("button", { type: "button", onclick: () => this.choose(prompt) }, prompt);
    });
    fill(this.element, ...buttons);
  }

  #move(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const next = event.key === "ArrowDown" ? target.nextElementSibling : target.previousElementSibling;
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (next instanceof HTMLElement) next.focus();
    else this.focusInput();
  }
}
