// A button with a menu, after the WAI-ARIA pattern: arrows, Home, End, Escape.
// It must not know what its items do.
import { fill, h, ICONS, icon } from "../../dom/h.js";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly choose: () => void;
}

export class MenuButton {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  readonly #list = h("div", { class: "popup menu", role: "menu", hidden: true });

  constructor(
    testId: string,
    private readonly items: () => readonly MenuItem[],
  ) {
    this.button = h("button", {
      type: "button",
      "aria-haspopup": "menu",
      "data-testid": testId,
      onclick: () => (this.#list.hidden ? this.#open() : this.#close()),
    });
    this.element = h("span", { class: "menu-box" }, this.button, this.#list);
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.element.addEventListener("focusout", (event) => {
      const to = event.relatedTarget;
      if (!(to instanceof Node && this.element.contains(to))) this.#close();
    });
    this.#close();
  }

  update(label: string, disabled: boolean, visibleLabel = false): void {
    this.button.className = visibleLabel ? "entry" : "wand";
    fill(this.button, icon(ICONS.wand), visibleLabel && label, icon(ICONS.down));
    this.button.setAttribute("aria-label", label);
    this.button.title = label;
    this.button.disabled = disabled;
    if (disabled) this.#close();
  }

  #open(): void {
    const entries = this.items().map(({ id, label, disabled, choose }) =>
      h(
        "button",
        {
          type: "button",
          role: "menuitem",
          tabindex: -1,
          disabled,
          "data-testid": id,
          onclick: () => {
            this.#close();
            this.button.focus();
            choose();
          },
        },
        label,
      ),
    );
    fill(this.#list, ...entries);
    this.#list.setAttribute("aria-label", this.button.title);
    this.#list.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.#usable()[0]?.focus();
  }

  #close(): void {
    this.#list.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }

  #usable(): HTMLButtonElement[] {
    return [...this.#list.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")];
  }

  #key(event: KeyboardEvent): void {
    const list = this.#usable();
    const at = list.indexOf(event.target as HTMLButtonElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const step = to[event.key];
    if (event.key === "Escape" && !this.#list.hidden) {
      // A panel around the menu must stay open.
      event.stopPropagation();
      this.#close();
      this.button.focus();
    } else if (step !== undefined) {
      event.preventDefault();
      if (this.#list.hidden) this.#open();
      else list.at(step % list.length)?.focus();
    }
  }
}
