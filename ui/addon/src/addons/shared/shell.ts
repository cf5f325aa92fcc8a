// The frame every AddOn panel shares: dialog, heading, close button, focus trap, live region, waiting mode.
// It must know nothing about what an AddOn puts inside.
import { deepActive, trapTab } from "../../dom/focus.js";
import { h, ICONS, icon } from "../../dom/h.js";

export interface ShellTexts {
  readonly title: string;
  readonly subtitle: string;
  readonly close: string;
  readonly language: string;
  readonly badge?: { readonly text: string; readonly hint: string } | undefined;
}

export class PanelShell {
  readonly body = h("div", { class: "body" });
  readonly footer = h("div", { class: "footer" });
  readonly root: HTMLElement;
  readonly #title = h("h2", { id: "title" });
  readonly #subtitle = h("p");
  readonly #badge = h("span", { class: "badge", "data-testid": "sandbox-badge", hidden: true });
  readonly #close: HTMLButtonElement;
  readonly #live = h("div", { class: "sr", role: "status", "aria-live": "polite" });
  readonly #waiting = h("p", { class: "waiting", hidden: true });
  readonly #returnTo = deepActive();

  constructor(close: () => void) {
    this.#close = h("button", {
      class: "ghost square",
      type: "button",
      "data-testid": "panel-close",
      onclick: close,
    });
    this.#close.append(icon(ICONS.close));
    const mark = h("span", { class: "mark" }, icon(ICONS.wand));
    const heading = h("div", { class: "heading" }, this.#title, this.#subtitle);
    const header = h("div", { class: "header" }, mark, heading, this.#badge, this.#close);
    this.root = h(
      "section",
      {
        class: "root panel",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": "title",
        tabindex: "-1",
      },
      header,
      this.body,
      this.#waiting,
      this.footer,
      this.#live,
    );
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        // The host page must not take the same key as "close" for something of its own.
        event.stopPropagation();
        close();
      } else trapTab(event, this.root);
    });
  }

  update(texts: ShellTexts): void {
    this.root.lang = texts.language;
    this.#title.textContent = texts.title;
    this.#subtitle.textContent = texts.subtitle;
    this.#close.setAttribute("aria-label", texts.close);
    this.#close.title = texts.close;
    this.#badge.hidden = !texts.badge;
    this.#badge.textContent = texts.badge?.text ?? "";
    this.#badge.title = texts.badge?.hint ?? "";
  }

  /** Tells screen readers, politely. */
  say(message: string): void {
    this.#live.textContent = message;
  }

  /** While the host's own dialog is open, nothing in the panel may be used but Close. */
  wait(message: string | undefined): void {
    this.body.inert = message !== undefined;
    this.footer.inert = message !== undefined;
    this.#waiting.hidden = message === undefined;
    this.#waiting.textContent = message ?? "";
  }

  returnFocus(): void {
    if (this.#returnTo?.isConnected) this.#returnTo.focus();
  }
}
